// The page: it reads the fields, calls, and shows. Everything shown is text; nothing is taken as HTML.

import { init, Meetlat, MeetlatError, parsed, type JsonOf, type Message, type VerdictDocument } from "../ts/web.js";

function field<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(id);
  return found as T;
}

const form = field<HTMLFormElement>("invoer");
const rules = field<HTMLTextAreaElement>("regels");
const proposal = field<HTMLTextAreaElement>("voorstel");
const day = field<HTMLInputElement>("peildatum");
const result = field("uitslag");

function element(tag: string, text: string | null, ...inside: Node[]): HTMLElement {
  const made = document.createElement(tag);
  if (text !== null) made.textContent = text;
  made.append(...inside);
  return made;
}

function list(tag: "ol" | "ul", items: Node[]): HTMLElement {
  return element(tag, null, ...items);
}

function show(heading: string, faulty: boolean, ...content: Node[]): void {
  field("uitslag_kop").textContent = heading;
  field("uitslag_inhoud").replaceChildren(...content);
  result.classList.toggle("fout", faulty);
  result.hidden = false;
  field("gezegd").textContent = heading;
  result.focus();
}

function heading({ oordeel }: VerdictDocument): string {
  if (oordeel.status === "vast") return `Oordeel: ${oordeel.uitkomst_titel}`;
  const titles = new Map(oordeel.uitkomsten.map(({ naam, titel }) => [naam, titel]));
  const possible = oordeel.mogelijk.map((name) => `"${titles.get(name) ?? name}"`);
  return `Oordeel: nog open. Mogelijk: ${possible.join(" of ")}`;
}

function cell(tag: "th" | "td", text: string, scope: string | null, number = false): HTMLElement {
  const made = element(tag, text);
  if (scope !== null) made.setAttribute("scope", scope);
  if (number) made.className = "getal";
  return made;
}

function criteria({ criteria, totaal }: VerdictDocument): HTMLElement {
  const row = (title: string, ...numbers: string[]) =>
    element("tr", null, cell("th", title, "row"), ...numbers.map((number) => cell("td", number, null, true)));
  const head = element(
    "tr",
    null,
    cell("th", "Criterium", "col"),
    ...["Gewicht", "Score", "Bijdrage"].map((name) => cell("th", name, "col", true)),
  );
  const rows = criteria.map(({ titel, gewicht, score, bijdrage }) =>
    row(titel, gewicht ?? "", score.tekst, bijdrage.tekst),
  );
  rows.push(row("Totaal", "", totaal.tekst, ""));
  return element("table", null, element("caption", "Criteria"), element("thead", null, head), element("tbody", null, ...rows));
}

function showVerdict(json: JsonOf<VerdictDocument>): void {
  const verdict = parsed(json);
  const { oordeel, open_vragen: open } = verdict;
  const content: Node[] = [element("p", oordeel.titel)];
  if (oordeel.voorlopig !== null) content.push(element("p", `Voorlopig: ${oordeel.voorlopig.tekst}`));
  content.push(element("h3", "Waarom"), list("ol", oordeel.redenen.map(({ tekst }) => element("li", tekst))));
  if (open.length > 0) {
    const asked = open.map(({ titel, raakt_oordeel }) =>
      element("li", raakt_oordeel ? titel : `${titel} (verandert het oordeel niet)`),
    );
    content.push(element("h3", "Wat nog open is"), list("ol", asked));
  }
  if (verdict.criteria.length > 0) content.push(criteria(verdict));
  content.push(element("p", "Dit is advies, geen besluit."));
  const document = element("pre", JSON.stringify(verdict, null, 2));
  document.tabIndex = 0;
  content.push(element("details", null, element("summary", "Het hele oordeel als JSON"), document));
  show(heading(verdict), false, ...content);
}

function message({ code, melding, plaatsen, hulp }: Message): HTMLElement {
  const place = plaatsen[0];
  const parts: Node[] = [element("strong", melding)];
  if (place !== undefined) {
    const where = `${place.bestand}, regel ${place.regel}, kolom ${place.kolom}`;
    const made = element("span", where);
    made.className = "waar";
    parts.push(made);
  }
  const help = element("span", `${hulp === null ? "" : `Hulp: ${hulp}. `}(${code})`);
  help.className = "waar";
  return element("li", null, ...parts, help);
}

function showRefusal(thrown: unknown): void {
  if (!(thrown instanceof MeetlatError)) throw thrown;
  const count = thrown.messages.length;
  const heading = count === 1 ? "Er is 1 melding" : `Er zijn ${count} meldingen`;
  show(heading, true, list("ul", thrown.messages.map(message)));
}

function compiled(): Meetlat {
  return Meetlat.compile({ name: "regels", text: rules.value });
}

function trying(what: () => void): void {
  try {
    what();
  } catch (thrown) {
    showRefusal(thrown);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  trying(() => {
    const meetlat = compiled();
    try {
      showVerdict(meetlat.evaluate(proposal.value, { name: "voorstel", referenceDate: day.value || null }));
    } finally {
      meetlat.free();
    }
  });
});

field("leeg").addEventListener("click", () =>
  trying(() => {
    const meetlat = compiled();
    try {
      proposal.value = meetlat.emptyProposal({ referenceDate: day.value || null });
    } finally {
      meetlat.free();
    }
    proposal.focus();
  }),
);

field("voorbeeld").addEventListener("click", () => {
  const example = JSON.parse(field("voorbeelden").textContent ?? "") as { regels: string; voorstel: string };
  rules.value = example.regels;
  proposal.value = example.voorstel;
  rules.focus();
});

const packed = atob(field("wasm").textContent ?? "");
await init(Uint8Array.from(packed, (byte) => byte.charCodeAt(0)));
document.documentElement.dataset["klaar"] = "ja";
