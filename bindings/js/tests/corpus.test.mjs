// Every call of the corpus gives the bytes that Rust gives.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Meetlat, MeetlatError } from "meetlat";

const path = process.env.MEETLAT_CORPUS;

/** Does a call from the rules' text on. */
function run(set, { doe, voorstel, peildatum, taal, doelen }) {
  const texts = set.teksten.map(({ naam, tekst }) => ({ name: naam, text: tekst }));
  const blocks = Object.fromEntries(
    Object.entries(set.bouwstenen).map(([name, { naam, tekst }]) => [name, { name: naam, text: tekst }]),
  );
  const how = { referenceDate: peildatum, language: taal };
  if (doe === "check") return Meetlat.check(texts, blocks, { language: taal });
  const rules = Meetlat.compile(texts, blocks, taal);
  try {
    const given = { ...how, name: voorstel?.naam };
    switch (doe) {
      case "compile":
        return rules.warnings(taal);
      case "schema":
        return rules.schema(how);
      case "empty_proposal":
        return rules.emptyProposal(how);
      case "improve":
        return rules.improve(voorstel.tekst, { ...given, targets: doelen });
      default:
        return rules[doe](voorstel.tekst, given);
    }
  } finally {
    rules.free();
  }
}

function firstDifference(found, expected) {
  let at = 0;
  while (at < expected.length && found[at] === expected[at]) at += 1;
  const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
  return `at ${at}:\n  found    ${around(found)}\n  expected ${around(expected)}`;
}

test("corpus", { skip: path === undefined && "MEETLAT_CORPUS is not set" }, () => {
  const { regels, gevallen } = JSON.parse(readFileSync(path, "utf8"));
  for (const call of gevallen) {
    let found;
    let good = true;
    try {
      found = run(regels[call.regels], call);
    } catch (thrown) {
      if (!(thrown instanceof MeetlatError)) throw thrown;
      good = false;
      found = thrown.json;
    }
    const what = `${call.geval} ${call.doe} ${call.taal}`;
    assert.equal(good, call.goed, `${what}: ${found}`);
    if (found !== call.uit) assert.fail(`${what}: ${firstDifference(found, call.uit)}`);
  }
  assert.ok(gevallen.length > 0);
  console.log(`js: ${gevallen.length} calls, all equal`);
});
