// Files of the repository that tests read.

import { readFileSync } from "node:fs";

export const root = new URL("../../../", import.meta.url);

export function read(path) {
  return readFileSync(new URL(path, root), "utf8");
}

/** The rules of the smallest case. */
export const klein = { name: "regels.meetlat", text: read("tests/cases/klein/regels.meetlat") };

/** What a call throws. */
export function refusal(call) {
  try {
    call();
  } catch (thrown) {
    return thrown;
  }
  throw new Error("nothing was thrown");
}
