// What goes in and out, in every shape that JavaScript has for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";

import { Decimal, init, Meetlat, MeetlatError, parsed } from "meetlat";

import { klein, read, refusal } from "./repository.mjs";

const rules = Meetlat.compile(klein);
const asText = '{"meetlat":"klein","antwoorden":{"gezond":"ja","bedrag":42000}}';
const asked = (bedrag) => ({ meetlat: "klein", antwoorden: { gezond: "ja", bedrag } });
const codes = (call) => refusal(call).messages.map(({ code }) => code);

test("text, bytes and an object are the same proposal", () => {
  const verdict = rules.evaluate(asText);
  assert.equal(rules.evaluate(new TextEncoder().encode(asText)), verdict);
  assert.equal(rules.evaluate(Buffer.from(asText)), verdict);
  assert.equal(rules.evaluate(asked(42000)), verdict);
  assert.equal(rules.evaluate(asked(42000n)), verdict);
  assert.equal(parsed(verdict).oordeel.uitkomst, "voldoet");
});

test("what is undefined is left out, as JSON does", () => {
  const without = '{"meetlat":"klein","antwoorden":{"gezond":"ja"}}';
  assert.equal(rules.evaluate(asked(undefined)), rules.evaluate(without));
});

test("a decimal keeps its digits, a fraction is refused", () => {
  const text = asText.replace("42000", "50000.01");
  assert.equal(rules.evaluate(asked(new Decimal("50000.01"))), rules.evaluate(text));
  const error = refusal(() => rules.evaluate(asked(50000.01)));
  assert.ok(error instanceof MeetlatError && error instanceof Error);
  assert.equal(error.messages[0].code, "B0105");
  assert.match(error.messages[0].melding, /^50000\.01 op "\/antwoorden\/bedrag"/);
  for (const number of [0.1, 2 ** 53, -(2 ** 60), Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.deepEqual(codes(() => rules.evaluate(asked(number))), ["B0105"], String(number));
  }
  for (const digits of ["1,5", "1e3", "", "01", " 1", ".5"]) {
    assert.throws(() => new Decimal(digits), TypeError, digits);
  }
});

test("a value of another library's number type writes itself", () => {
  const theirs = { toJSON: () => new Decimal("42000.50") };
  assert.equal(rules.evaluate(asked(theirs)), rules.evaluate(asText.replace("42000", "42000.50")));
});

test("what JSON has no form for is refused at its place", () => {
  const around = {};
  around.self = around;
  for (const value of [() => 1, Symbol("s"), new Map(), new Set(), around, [undefined], /x/]) {
    assert.deepEqual(codes(() => rules.evaluate(asked(value))), ["B0106"]);
  }
  assert.match(refusal(() => rules.evaluate({ "a/b~": [new Map()] })).message, /\/a~1b~0\/0 .*: Map/);
});

test("half a character and bytes that are no UTF-8 are refused", () => {
  assert.deepEqual(codes(() => rules.evaluate(`{\n"a": "\ud800"}`)), ["B0002"]);
  assert.match(refusal(() => rules.evaluate(`{\n"a": "\udfff"}`)).message, /regel 2/);
  assert.deepEqual(codes(() => rules.evaluate(Uint8Array.of(0x7b, 0xff))), ["B0002"]);
  assert.deepEqual(codes(() => Meetlat.compile({ name: "\ud800", text: "" })), ["B0002"]);
  // JSON has an escape for it: the engine judges that.
  assert.ok(codes(() => rules.evaluate({ "\ud800": 1 })).every((code) => code.startsWith("V")));
  assert.ok(rules.evaluate(asText, { name: "✓ 𝔘.json" }).includes("✓ 𝔘.json"));
});

test("errors are fields, and everything at once", () => {
  const text = '{"meetlat": "klein", "antwoorden": {"gezond": "misschien", "bedrag": -1}}';
  const error = refusal(() => rules.evaluate(text, { name: "x.json", language: "en" }));
  assert.equal(error.name, "MeetlatError");
  assert.equal(error.messages.length, 2);
  assert.deepEqual(error.messages, JSON.parse(error.json).meldingen);
  assert.equal(error.messages[0].plaatsen[0].bestand, "x.json");
  assert.equal(error.messages[0].plaatsen[0].pad, "/antwoorden/gezond");
  assert.equal(error.message.split("\n").length, 2);
});

test("a call that is wrong in itself", () => {
  assert.deepEqual(codes(() => rules.evaluate(asText, { language: "fr" })), ["B0101"]);
  assert.deepEqual(codes(() => rules.evaluate(asText, { referenceDate: "gisteren" })), ["B0102"]);
  assert.deepEqual(codes(() => Meetlat.compile([])), ["B0103"]);
  assert.deepEqual(codes(() => rules.improve(asText, { targets: ["zoiets"] })), ["B0007"]);
  const wrong = [
    () => rules.evaluate(asText, { referenceDate: new Date() }),
    () => rules.evaluate(asText, { language: 1 }),
    () => rules.evaluate(asText, { name: 1 }),
    () => Meetlat.compile({ name: "a", text: 1 }),
    () => Meetlat.compile("een tekst"),
  ];
  for (const call of wrong) assert.throws(call, TypeError);
});

test("every call gives a document", () => {
  assert.equal(rules.name, "klein");
  assert.equal(rules.warnings(), '{"meldingen":[]}');
  assert.equal(Meetlat.check(klein), '{"meldingen":[]}');
  const empty = rules.emptyProposal();
  assert.equal(parsed(rules.next(empty)).open_vraag.vraag, "gezond");
  assert.equal(parsed(rules.improve(empty, { targets: ["voldoet"] })).doelen.length, 1);
  assert.notEqual(rules.why(asText, { answers: true }), rules.why(asText));
  assert.equal(parsed(rules.firmness(asText)).exact, true);
  assert.equal(parsed(rules.schema()).type, "object");
  assert.match(rules.evaluate(asText, { language: "en" }), /The answer to/);
});

test("building blocks from an object, a map and a function", () => {
  const folder = "tests/cases/bouwsteen";
  const main = { name: "regels.meetlat", text: read(`${folder}/regels.meetlat`) };
  const block = (name) => read(`${folder}/${name.replaceAll(".", "/")}.meetlat`);
  const used = [];
  Meetlat.compile(main, (name) => used.push(name) && block(name));
  const object = Object.fromEntries(used.map((name) => [name, block(name)]));
  const proposal = read(`${folder}/voorstel.json`);
  const verdict = Meetlat.compile(main, object).evaluate(proposal);
  assert.equal(Meetlat.compile(main, new Map(Object.entries(object))).evaluate(proposal), verdict);
  assert.equal(Meetlat.compile(main, block).evaluate(proposal), verdict);
  assert.equal(Meetlat.compile(main, (name) => ({ name, text: block(name) })).evaluate(proposal), verdict);
  for (const none of [undefined, null, {}, () => null]) {
    assert.match(refusal(() => Meetlat.compile(main, none)).message, new RegExp(used[0]));
  }
  const broken = () => {
    throw new Error("de schijf is stuk");
  };
  assert.match(refusal(() => Meetlat.compile(main, broken)).message, /de schijf is stuk/);
  assert.ok(refusal(() => Meetlat.compile(main, () => 5)) instanceof MeetlatError);
});

test("a building block's function may itself use the engine", () => {
  const main = { name: "regels.meetlat", text: read("tests/cases/bouwsteen/regels.meetlat") };
  const inner = [];
  const find = (name) => {
    inner.push(rules.evaluate(asText));
    return read(`tests/cases/bouwsteen/${name.replaceAll(".", "/")}.meetlat`);
  };
  Meetlat.compile(main, find);
  assert.ok(inner.length > 0 && inner.every((verdict) => verdict === rules.evaluate(asText)));
});

test("rules that were let go of say so", () => {
  const gone = Meetlat.compile(klein);
  gone.free();
  gone.free();
  assert.deepEqual(codes(() => gone.evaluate(asText)), ["B0107"]);
});

test("workers each have an engine of their own, with the same verdicts", async () => {
  const code = `
    import("meetlat").then(({ Meetlat }) => {
      const { parentPort, workerData } = require("node:worker_threads");
      parentPort.postMessage(Meetlat.compile(workerData.klein).evaluate(workerData.asText));
    });`;
  const one = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(code, { eval: true, workerData: { klein, asText } });
      worker.once("message", resolve).once("error", reject);
    });
  const verdicts = await Promise.all([one(), one()]);
  assert.deepEqual(verdicts, [rules.evaluate(asText), rules.evaluate(asText)]);
});

test("what is not let go of is collected", async (t) => {
  if (globalThis.gc === undefined) return t.skip("run with --expose-gc");
  const { memory } = await import("../dist/wasm/meetlat.js").then(({ initSync }) => initSync());
  const text = read("rules/ijsselland.meetlat");
  const used = () => read(`rules/landelijk/jeugdwet.meetlat`);
  const make = async (times) => {
    for (let n = 0; n < times; n += 1) {
      Meetlat.compile({ name: "ijsselland.meetlat", text }, used);
      if (n % 5 === 4) {
        globalThis.gc();
        await setTimeout(1);
      }
    }
  };
  await make(20);
  const before = memory.buffer.byteLength;
  await make(100);
  assert.ok(memory.buffer.byteLength <= before * 1.2, `${before} to ${memory.buffer.byteLength}`);
});

test("nothing to wait for", async () => {
  await init();
});
