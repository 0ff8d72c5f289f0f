// The entrance for Node: ready at once.

import { readFileSync } from "node:fs";

import { start } from "./engine.js";

export * from "./api.js";

start(new WebAssembly.Module(readFileSync(new URL("./wasm/meetlat_bg.wasm", import.meta.url))));

/** For code that also runs in a browser: here there is nothing to wait for. */
export async function init(_source?: unknown): Promise<void> {}
