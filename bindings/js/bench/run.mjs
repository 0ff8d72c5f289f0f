// What the border costs: the same evaluation through the package and in Rust, in turns, as the ratio of medians. Build the
// package first: `./build && node bench/run.mjs`.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { Meetlat } from "meetlat";

const here = fileURLToPath(new URL("./", import.meta.url));
const root = fileURLToPath(new URL("../../../", import.meta.url));
const target = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "js-bench");
const env = { ...process.env, CARGO_TARGET_DIR: target };
execFileSync("cargo", ["build", "--quiet", "--release", "-j1"], { cwd: join(here, "native"), env, stdio: "inherit" });

const complete = join(mkdtempSync(join(tmpdir(), "meetlat-")), "voorstel.json");
writeFileSync(complete, '{"meetlat": "klein", "titel": "Buurtsport", "antwoorden": {"gezond": "ja", "bedrag": 42000}}');
const cases = {
  klein: [join(root, "tests/cases/klein/regels.meetlat"), complete],
  "ijsselland, spoedhulp": [join(root, "rules/ijsselland.meetlat"), join(root, "rules/voorstellen/ijsselland/spoedhulp.json")],
};

const native = spawn(join(target, "release/meetlat-js-bench"), { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: native.stdout })[Symbol.asyncIterator]();
const inRust = async (files, times) => {
  native.stdin.write(`${[...files, times].join("\t")}\n`);
  return Number((await answers.next()).value);
};
const median = (of) => of.sort((one, other) => one - other)[of.length >> 1];
const timed = (what, times) => {
  const took = [];
  for (let n = 0; n < times; n += 1) {
    const start = process.hrtime.bigint();
    what();
    took.push(Number(process.hrtime.bigint() - start));
  }
  return median(took);
};
const micro = (ns) => `${(ns / 1000).toFixed(1)} µs`;

for (const [name, files] of Object.entries(cases)) {
  const [rules, text] = files.map((file) => readFileSync(file, "utf8"));
  const find = (block) => {
    const name = `${block.replaceAll(".", "/")}.meetlat`;
    return { name, text: readFileSync(join(dirname(files[0]), name), "utf8") };
  };
  const meetlat = Meetlat.compile({ name: "regels.meetlat", text: rules }, find);
  const object = JSON.parse(text);
  const times = 1000;
  timed(() => meetlat.evaluate(text), 3 * times);
  const found = { rust: [], text: [], object: [] };
  for (let round = 0; round < 15; round += 1) {
    found.rust.push(await inRust(files, times));
    found.text.push(timed(() => meetlat.evaluate(text), times));
    found.object.push(timed(() => JSON.parse(meetlat.evaluate(object)), times));
  }
  const [rust, asText, asObject] = [found.rust, found.text, found.object].map(median);
  const per = (ns) => `${micro(ns)} (${(ns / rust).toFixed(2)} ×)`;
  console.log(`${name}: Rust ${micro(rust)}, text to text ${per(asText)}, object to object ${per(asObject)}`);
}
native.stdin.end();
