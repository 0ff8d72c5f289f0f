// Texts as the engine takes them: whole characters. JavaScript's own conversion would silently replace half a surrogate pair
// by another character.

import { call } from "./engine.js";
import { MeetlatError } from "./error.js";
import { not_utf8 } from "./wasm/meetlat.js";

const HALF = /\p{Surrogate}/u;

/** The text itself; refused when it holds half a surrogate pair. */
export function whole(name: string, text: string, language?: string | null): string {
  if (typeof text !== "string") throw new TypeError(`meetlat: ${name} is not a string`);
  const wellFormed = (text as { isWellFormed?: () => boolean }).isWellFormed?.() ?? !HALF.test(text);
  if (wellFormed) return text;
  const before = new TextEncoder().encode(text.slice(0, text.search(HALF)));
  const bytes = new Uint8Array(before.length + 1);
  bytes.set(before);
  // The first byte that half a surrogate pair would have in UTF-8.
  bytes[before.length] = 0xed;
  throw new MeetlatError(call(language, () => not_utf8(name, bytes, language)));
}

/** A text that may be left out. */
export function optional(name: string, text: string | null | undefined): string | null | undefined {
  if (text != null && typeof text !== "string") throw new TypeError(`meetlat: ${name} is not a string`);
  return text;
}

/** The text of bytes in UTF-8; refused when they are not UTF-8. */
export function decoded(name: string, bytes: Uint8Array, language?: string | null): string {
  try {
    // Unchanged: the engine decides what to do with a byte order mark.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MeetlatError(call(language, () => not_utf8(name, bytes, language)));
  }
}
