// Tells the size of what is shipped, raw and gzipped.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

for (const file of ["wasm/meetlat_bg.wasm", "wasm/meetlat.js", "voorbeeld.html"]) {
  const bytes = readFileSync(new URL(`dist/${file}`, import.meta.url));
  console.log(`${file}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
}
