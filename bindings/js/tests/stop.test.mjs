// A call that takes long: it ends at a limit of steps, at a deadline, or with its worker.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Meetlat, parsed } from "meetlat";

import { read } from "./repository.mjs";

const blocks = { "landelijk.jeugdwet": read("rules/landelijk/jeugdwet.meetlat") };
const region = { name: "ijsselland.meetlat", text: read("rules/ijsselland.meetlat") };
const rules = Meetlat.compile(region, blocks);
const empty = '{"meetlat": "ijsselland", "antwoorden": {}}';
const how = { referenceDate: "2020-04-01" };
const asks = ["evaluate", "next", "improve", "why", "firmness"];

/** Rules over which nobody can decide quickly: so many great weights that no two sums of them are the same. */
function endless() {
  let seed = 7n;
  const weight = () => {
    seed = (seed * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return 10n ** 11n + (seed % (9n * 10n ** 11n));
  };
  const each = (write) => Array.from({ length: 60 }, (_, at) => write(at)).join("");
  return (
    'meetlat zwaar: "Zwaar"\n  bron nota: "Nota"\n\n' +
    each((at) => `vraag v${at}: "Vraag ${at}"\n  bron nota\n  antwoord ja of nee\n\n`) +
    each(
      (at) =>
        `criterium c${at}: "Criterium ${at}"\n  bron nota\n  score v${at}\n  gewicht ${weight()}, aanname "een getal"\n\n`,
    ) +
    'oordeel: "Mag het?"\n  bron nota\n  totaal gewogen gemiddelde, aanname "alles telt"\n' +
    '  uitkomsten van goed naar slecht\n    - wel: "Wel"\n    - misschien: "Misschien"\n    - afgewezen: "Niet"\n' +
    "  wel als totaal is minstens 50,0001%, bron nota\n" +
    "  misschien als totaal is minstens 50%, bron nota\n  afgewezen anders\n"
  );
}

test("a limit makes what is not sure yet provisional", () => {
  for (const limit of [100, 100n]) {
    const { oordeel } = parsed(rules.evaluate(empty, { ...how, limit }));
    assert.equal(oordeel.exact, false);
    assert.equal(oordeel.voorlopig.reden, "grens");
    assert.equal(oordeel.voorlopig.grens, 100);
  }
  for (const ask of asks) {
    assert.match(rules[ask](empty, { ...how, limit: 100 }), /"reden":"grens","grens":100,/, ask);
  }
  const whole = rules.evaluate(empty, how);
  assert.equal(parsed(whole).oordeel.exact, true);
  // More than there can be is as good as none.
  assert.equal(rules.evaluate(empty, { ...how, limit: 2n ** 70n, deadline: 600_000 }), whole);
});

test("a limit ends the search of a check", () => {
  assert.match(Meetlat.check(region, blocks, { limit: 20 }), /"M0611"/);
});

test("a deadline ends a call with what is known", () => {
  const heavy = Meetlat.compile({ name: "zwaar.meetlat", text: endless() });
  const text = '{"meetlat": "zwaar", "antwoorden": {}}';
  for (const ask of asks) {
    const start = performance.now();
    const json = heavy[ask](text, { limit: 10 ** 15, deadline: 200 });
    const took = performance.now() - start;
    assert.match(json, /"reden":"gestopt","grens":null,/, ask);
    assert.ok(took < 1000, `${ask}: ${took} ms`);
  }
  // At once: nothing is sure.
  assert.match(heavy.evaluate(text, { deadline: 0 }), /"reden":"gestopt"/);
});

test("what is no limit and no deadline is no call", () => {
  for (const limit of [0, -1, 1.5, Number.NaN, "5", 0n, -1n]) {
    assert.throws(() => rules.evaluate(empty, { ...how, limit }), TypeError, String(limit));
  }
  for (const deadline of [-1, Number.NaN, "5", 5n]) {
    assert.throws(() => rules.evaluate(empty, { ...how, deadline }), TypeError, String(deadline));
  }
});
