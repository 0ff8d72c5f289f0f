// Makes dist/voorbeeld.html: one file with everything in it, which opens without a server. Its policy allows its own script and
// style, by their hashes, and nothing else: no request leaves the page.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = new URL("./", import.meta.url);
const dist = new URL("../dist/", here);
const root = new URL("../../../", here);
const text = (name, folder = here) => readFileSync(new URL(name, folder), "utf8");
const hash = (of) => `'sha256-${createHash("sha256").update(of).digest("base64")}'`;

const bundled = await build({
  entryPoints: [fileURLToPath(new URL("page.ts", here))],
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  write: false,
  // What TypeScript finds beside the sources stands in `dist`.
  plugins: [
    {
      name: "wasm",
      setup: ({ onResolve }) =>
        onResolve({ filter: /^\.\/wasm\/meetlat\.js$/ }, () => ({ path: fileURLToPath(new URL("wasm/meetlat.js", dist)) })),
    },
  ],
});
const script = bundled.outputFiles[0].text;
const style = text("stijl.css");
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)} 'wasm-unsafe-eval'`,
  `style-src ${hash(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const example = {
  regels: text("tests/cases/klein/regels.meetlat", root),
  voorstel: text("tests/cases/klein/voorstel.json", root),
};
const parts = {
  POLICY: policy,
  STYLE: style,
  // Inside a script element no "<" may begin a tag.
  EXAMPLE: JSON.stringify(example).replaceAll("<", "\\u003c"),
  WASM: readFileSync(new URL("wasm/meetlat_bg.wasm", dist)).toString("base64"),
  SCRIPT: script,
};
if (script.includes("</script")) throw new Error("the script would end its own element");
writeFileSync(
  new URL("voorbeeld.html", dist),
  text("voorbeeld.html").replace(/%([A-Z]+)%/g, (_, name) => parts[name]),
);
