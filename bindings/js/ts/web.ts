// The entrance for browsers: `await init()` first.

import { isStarted, start } from "./engine.js";

export * from "./api.js";

/** Where the WebAssembly module is: an address, a response, or the module itself. */
export type Source = string | URL | Response | Promise<Response> | BufferSource | WebAssembly.Module;

/** Gets the engine ready. Without a source: the file beside this one. */
export async function init(source: Source = new URL("./wasm/meetlat_bg.wasm", import.meta.url)): Promise<void> {
  if (isStarted()) return;
  const given = await (typeof source === "string" || source instanceof URL ? fetch(source) : source);
  start(await compiled(given));
}

async function compiled(given: Response | BufferSource | WebAssembly.Module): Promise<WebAssembly.Module> {
  if (given instanceof WebAssembly.Module) return given;
  if (!(given instanceof Response)) return WebAssembly.compile(given);
  if (!given.ok) throw new Error(`meetlat: ${given.status} ${given.statusText}: ${given.url}`);
  // As a whole: not every server says that it is WebAssembly.
  return WebAssembly.compile(await given.arrayBuffer());
}
