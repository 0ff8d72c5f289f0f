// The WebAssembly instance, and what happens when it stops.
//
// A fault of the engine is a trap, after which its memory is in an unknown state. So the instance is abandoned and a new one
// is made before the next call; rules that were made in the old one are compiled again when they are used (`meetlat.ts`).

import { MeetlatError } from "./error.js";
import { __wbg_reset_state, initSync, stopped } from "./wasm/meetlat.js";

/** Either language, or something else, which the engine refuses. */
type Code = string | null | undefined;

let started = false;
let broken = false;
/** How many calls are under way: a function that supplies building blocks may itself call the engine. */
let inside = 0;
let made = 0;
/** Fetched beforehand: an instance that stopped cannot say anything more. */
let stoppedIn = { nl: "", en: "" };

/** Makes the first instance. Later calls do nothing. */
export function start(module: WebAssembly.Module): void {
  if (started) return;
  initSync({ module });
  stoppedIn = { nl: stopped("nl"), en: stopped("en") };
  started = true;
}

/** Whether the first instance has been made. */
export function isStarted(): boolean {
  return started;
}

/** The number of the current instance; every new one has another. */
export function instance(): number {
  return made;
}

/** Calls the engine, and nothing else: whatever is thrown, except a refusal, is a fault of the engine. */
export function call<T>(language: Code, what: () => T): T {
  if (!started) throw new Error("meetlat: await init() first");
  if (broken && inside === 0) {
    __wbg_reset_state();
    made += 1;
    broken = false;
  }
  if (broken) throw stoppedError(language);
  inside += 1;
  let given: T;
  try {
    given = what();
  } catch (thrown) {
    if (typeof thrown === "string") throw new MeetlatError(thrown);
    if (!(thrown instanceof MeetlatError)) broken = true;
    throw thrown instanceof MeetlatError ? thrown : stoppedError(language, thrown);
  } finally {
    inside -= 1;
  }
  // A call inside this one stopped the instance.
  if (broken) throw stoppedError(language);
  return given;
}

function stoppedError(language: Code, cause?: unknown): MeetlatError {
  return new MeetlatError(language === "en" ? stoppedIn.en : stoppedIn.nl, { cause });
}
