// When the engine stops by a fault of its own: an error with fields, and the rules can still be used.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Meetlat, MeetlatError } from "meetlat";

import { Rules } from "../dist/wasm/meetlat.js";
import { klein, read, refusal } from "./repository.mjs";

const asText = '{"meetlat":"klein","antwoorden":{"gezond":"ja","bedrag":42000}}';

/** Lets the next call of a method end in a trap. */
function trapOnce(method) {
  const original = Rules.prototype[method];
  Rules.prototype[method] = () => {
    Rules.prototype[method] = original;
    throw new WebAssembly.RuntimeError("unreachable");
  };
}

test("a trap is an error with fields, and the rules are made anew", () => {
  const [one, other] = [Meetlat.compile(klein), Meetlat.compile(klein)];
  const verdict = one.evaluate(asText);
  trapOnce("evaluate");
  const error = refusal(() => one.evaluate(asText));
  assert.ok(error instanceof MeetlatError);
  assert.equal(error.messages[0].code, "B0109");
  assert.ok(error.cause instanceof WebAssembly.RuntimeError);
  assert.equal(one.evaluate(asText), verdict);
  assert.equal(other.evaluate(asText), verdict);
  assert.equal(Meetlat.compile(klein).evaluate(asText), verdict);
  trapOnce("next");
  assert.match(refusal(() => one.next(asText, { language: "en" })).message, /stopped/);
  one.free();
  assert.equal(other.evaluate(asText), verdict);
});

test("building blocks are not asked again", () => {
  const main = { name: "regels.meetlat", text: read("tests/cases/bouwsteen/regels.meetlat") };
  let asked = 0;
  const rules = Meetlat.compile(main, (name) => {
    asked += 1;
    return read(`tests/cases/bouwsteen/${name.replaceAll(".", "/")}.meetlat`);
  });
  const [before, proposal] = [asked, read("tests/cases/bouwsteen/voorstel.json")];
  const verdict = rules.evaluate(proposal);
  trapOnce("evaluate");
  assert.equal(refusal(() => rules.evaluate(proposal)).messages[0].code, "B0109");
  assert.equal(rules.evaluate(proposal), verdict);
  assert.equal(asked, before);
});

test("a fault inside a building block's function stops the call around it too", () => {
  const main = { name: "regels.meetlat", text: read("tests/cases/bouwsteen/regels.meetlat") };
  const inner = Meetlat.compile(klein);
  const verdict = inner.evaluate(asText);
  const codes = [];
  const find = (name) => {
    if (codes.length === 0) trapOnce("evaluate");
    codes.push(refusal(() => inner.evaluate(asText)).messages[0].code);
    return read(`tests/cases/bouwsteen/${name.replaceAll(".", "/")}.meetlat`);
  };
  assert.equal(refusal(() => Meetlat.compile(main, find)).messages[0].code, "B0109");
  assert.ok(codes.length > 1);
  assert.ok(codes.every((code) => code === "B0109"), "also those after the trap: the call around it is still busy");
  assert.equal(inner.evaluate(asText), verdict);
});

test("a stack that is nearly full", () => {
  const rules = Meetlat.compile(klein);
  const verdict = rules.evaluate(asText);
  let stopped = 0;
  const dig = () => {
    try {
      dig();
    } catch {
      // Near the bottom: each frame on the way back has a little more room.
    }
    if (stopped > 50) return;
    try {
      assert.equal(rules.evaluate(asText), verdict);
    } catch (thrown) {
      if (thrown instanceof assert.AssertionError) throw thrown;
      stopped += 1;
    }
  };
  dig();
  assert.ok(stopped > 0);
  assert.equal(rules.evaluate(asText), verdict);
});
