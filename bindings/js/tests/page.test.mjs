// The page in a real browser, opened from a file.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import axe from "axe-core";
import { chromium } from "playwright-core";

import { klein, read } from "./repository.mjs";

const dist = new URL("../dist/", import.meta.url);
const executablePath = process.env.MEETLAT_CHROMIUM;

test("the page judges a proposal", { skip: executablePath === undefined && "MEETLAT_CHROMIUM is not set" }, async (t) => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  t.after(() => browser.close());
  const page = await browser.newPage({ locale: "nl-NL", viewport: { width: 1100, height: 900 } });
  const wrong = [];
  const asked = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (said) => wrong.push(said.text()));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(new URL("voorbeeld.html", dist).href);
  await page.waitForSelector("html[data-klaar]");
  const judge = async () => {
    await page.getByRole("button", { name: "Toets" }).click();
    return page.getByRole("region").innerText();
  };

  const accessible = async () => {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
  };

  await accessible();
  await page.getByLabel("Regels").fill(klein.text);
  await page.getByLabel("Voorstel (JSON)").fill('{"meetlat": "klein", "antwoorden": {"gezond": "ja", "bedrag": 42000}}');
  assert.match(await judge(), /^Oordeel: Voldoet\n/);

  await page.getByRole("button", { name: "Vul een voorbeeld in" }).click();
  const open = await judge();
  assert.match(open, /^Oordeel: nog open\. Mogelijk: "Voldoet" of "Voldoet niet"/);
  assert.match(open, /Welk bedrag wordt gevraagd\?/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "uitslag");
  await accessible();
  await page.screenshot({ path: fileURLToPath(new URL("voorbeeld.png", dist)), fullPage: true });

  await page.getByRole("button", { name: "Leeg voorstel bij deze regels" }).click();
  assert.match(await page.getByLabel("Voorstel (JSON)").inputValue(), /"gezond": \{/);

  const html = '<img src="x" onerror="alert(1)">';
  await page.getByLabel("Voorstel (JSON)").fill(`{"meetlat": "klein", "antwoorden": {"gezond": ${JSON.stringify(html)}}}`);
  const refused = await judge();
  assert.match(refused, /^Er is 1 melding\n/);
  assert.match(refused, /voorstel, regel 1, kolom \d+/);
  assert.equal(await page.locator("img").count(), 0, "shown as text");
  await accessible();

  await page.getByLabel("Voorstel (JSON)").fill("[".repeat(1_000_000));
  assert.match(await judge(), /V0101/);
  await page.getByLabel("Regels").fill("(".repeat(100_000));
  assert.match(await judge(), /M0401/);

  // A real rule file, and the same verdict as everywhere.
  await page.getByLabel("Regels").fill(read("rules/midden_ijssel_oost_veluwe.meetlat"));
  await page
    .getByLabel("Voorstel (JSON)")
    .fill(read("rules/voorstellen/midden_ijssel_oost_veluwe/beschermingstafel.json"));
  const expected = JSON.parse(read("tests/cases/midden_ijssel_oost_veluwe_beschermingstafel/oordeel.json")).oordeel;
  const found = await judge();
  assert.ok(found.includes(expected.redenen[0].tekst), found);

  assert.deepEqual(wrong, [], "nothing thrown, nothing on the console");
  assert.equal(asked.filter((url) => !url.startsWith("file:")).length, 0);
  assert.equal(asked.length, 1, "the page itself, and no other request");
});
