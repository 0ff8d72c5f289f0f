// All code in the README works.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { root } from "./repository.mjs";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

test("the code in the README", async (t) => {
  process.chdir(fileURLToPath(root));
  const said = [];
  t.mock.method(console, "log", (...words) => said.push(words.join(" ")));
  // Inside the package, so that its name means what it means to a user.
  const folder = new URL("../dist/readme/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [at, code] of blocks.entries()) {
    const file = new URL(`${at}.mjs`, folder);
    writeFileSync(file, code);
    await import(file.href);
  }
  assert.equal(blocks.length, 6);
  assert.equal(said[0], "vast voldoet");
  assert.match(said[1], /^V\d+ \/antwoorden\/gezond /);
});
