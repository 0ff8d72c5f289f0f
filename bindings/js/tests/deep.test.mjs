// What is nested deeply gives a message or an answer, never a trap: WebAssembly has little stack, and no guard.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Meetlat, MeetlatError } from "meetlat";

import { klein, refusal } from "./repository.mjs";

const rules = Meetlat.compile(klein);

/** Refused by the engine in its own words, or not at all. */
function sound(what, call) {
  try {
    call();
  } catch (thrown) {
    assert.ok(thrown instanceof MeetlatError, `${what}: ${thrown}`);
    for (const { code } of thrown.messages) assert.notEqual(code, "B0109", what);
    return thrown.messages.map(({ code }) => code);
  }
  return [];
}

test("a proposal that is nested deeply", () => {
  const open = "[".repeat(1_000_000);
  const around = (inner) => `{"meetlat": "klein", "antwoorden": {"gezond": ${inner}}}`;
  const texts = {
    open,
    "open and closed": open + "]".repeat(1_000_000),
    "objects": '{"a":'.repeat(200_000),
    "objects, closed": `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`,
    "inside an answer": around("[".repeat(500_000) + "]".repeat(500_000)),
    "just inside what JSON readers take": around("[".repeat(100) + "]".repeat(100)),
    "above the limit of bytes": "[".repeat(5_000_000),
  };
  for (const [what, text] of Object.entries(texts)) {
    for (const call of ["evaluate", "next", "improve", "why", "firmness"]) {
      assert.equal(sound(what, () => rules[call](text)).length > 0, true, `${what}: ${call}`);
    }
  }
});

test("an object that is nested deeply", () => {
  let list = [];
  for (let depth = 0; depth < 1_000_000; depth += 1) list = [list];
  assert.equal(refusal(() => rules.evaluate(list)).messages[0].code, "B0106");
});

test("rules that are nested deeply", () => {
  const many = 20_000;
  const condition = (text) => klein.text.replace("totaal is minstens 70%", text);
  const score = (text) => klein.text.replace("score     gezond", `score     ${text}`);
  const term = "gezond is ja";
  const texts = {
    brackets: condition("(".repeat(many) + term + ")".repeat(many)),
    "open brackets": condition("(".repeat(1_000_000)),
    "brackets alone": "(".repeat(1_000_000),
    "brackets within the limit": condition("(".repeat(30) + term + ")".repeat(30)),
    "not not": condition("niet ".repeat(many) + term),
    "and": condition(term + ` en ${term}`.repeat(many)),
    "or": condition(term + ` of ${term}`.repeat(many)),
    "plus": score("gezond" + " + gezond".repeat(many)),
    "minus": score("- ".repeat(many) + "gezond"),
    "times": score("gezond" + " × gezond".repeat(many)),
    "lines set in": Array.from({ length: 2_000 }, (_, n) => " ".repeat(n) + "als").join("\n"),
  };
  for (const [what, text] of Object.entries(texts)) {
    sound(what, () => Meetlat.compile({ name: what, text }));
    sound(what, () => Meetlat.check({ name: what, text }, null, { search: false }));
  }
  assert.deepEqual(sound("", () => Meetlat.compile({ name: "x", text: texts.brackets })), ["G0002"]);
});

test("terms of terms of terms", () => {
  const many = 5_000;
  const one = (n) => `begrip b${n}: "Begrip ${n}"\n  bron      nota §1\n  als       b${n + 1}\n\n`;
  const last = `begrip b${many}: "Begrip"\n  bron      nota §1\n  als       gezond is ja\n\n`;
  const terms = Array.from({ length: many }, (_, n) => one(n)).join("") + last;
  const text = klein.text.replace("criterium", `${terms}criterium`).replace("totaal is minstens 70%", "b0");
  const long = Meetlat.compile({ name: "lang.meetlat", text });
  for (const answers of ['"gezond": "ja", "bedrag": 1', ""]) {
    const proposal = `{"meetlat": "klein", "antwoorden": {${answers}}}`;
    for (const call of ["evaluate", "next", "improve", "why", "firmness"]) {
      assert.deepEqual(sound(call, () => long[call](proposal)), [], call);
    }
  }
});

test("building blocks that lead to each other without end", () => {
  const text = (to) => `meetlat b${to - 1}\n\ngebruik b${to}\n`;
  const codes = sound("gebruik", () =>
    Meetlat.compile({ name: "b0", text: text(1) }, (name) => text(Number(name.slice(1)) + 1)),
  );
  assert.ok(codes.length > 0);
});
