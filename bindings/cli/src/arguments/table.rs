//! All commands and options: names, help and what they take, in Dutch and English side by side. Help, parsing and messages
//! about wrong usage are made from this.

use clap::ArgMatches;

use super::both::{Both, both, same};
use super::{Task, task};

/// A command, or a kind of one.
pub(crate) struct Row {
    pub(crate) name: Both,
    pub(crate) about: Both,
    pub(crate) arguments: &'static [&'static Argument],
    /// What stands below the options.
    pub(crate) after: Both,
    pub(crate) then: Then,
}

/// What comes of a command.
pub(crate) enum Then {
    /// The task, from what was given with it. None: clap let through what the table forbids.
    Do(fn(&ArgMatches) -> Option<Task>),
    /// It is asked further which kind.
    Kinds(&'static [Row]),
}

/// What a command takes: an argument or an option.
pub(crate) struct Argument {
    pub(crate) short: Option<char>,
    /// The long name of an option; the Dutch one is what it is asked for by.
    pub(crate) name: Both,
    /// What stands for its value.
    pub(crate) value: Both,
    pub(crate) help: Both,
    pub(crate) takes: Takes,
}

/// What may be given for it, and how often.
#[derive(Clone, Copy)]
pub(crate) enum Takes {
    /// A file that has to be given, without a name before it.
    File,
    /// At least one of those.
    Files,
    /// An option with a path, once or more often.
    Path,
    Paths,
    /// Any text, any number of times.
    Texts,
    OneOf(&'static [Both]),
    Date,
    /// A whole number from 1: of steps, or of threads.
    Steps,
    Threads,
    /// Nothing: it is there or it is not.
    Flag,
    Help,
    Version,
}

impl Argument {
    pub(crate) const fn id(&self) -> &'static str {
        self.name.nl
    }
}

const NOTHING: Both = same("");

pub(crate) const ABOUT: Both = both(
    "meetlat beoordeelt voorstellen met een meetlat: een bestand met beleidsregels in het Nederlands. \
     Het oordeel is een advies, met score en uitleg.",
    "meetlat judges proposals by a meetlat: a file with policy rules, written in Dutch. \
     The verdict is advice, with a score and an explanation.",
);

pub(crate) const AFTER: Both = both(
    "Meer over een opdracht: meetlat <OPDRACHT> --help. Elke opdracht en optie heeft ook een Engelse naam.\n\
     Zonder --taal spreekt meetlat Engels als de eerste van LC_ALL, LC_MESSAGES en LANG die gezet is, met \"en\" begint, en anders \
     Nederlands; JSON-documenten volgen alleen --taal. Een script geeft dus --taal.",
    "More about a command: meetlat <COMMAND> --help. Every command and option has a Dutch name too.\n\
     Without --language meetlat speaks English if the first of LC_ALL, LC_MESSAGES and LANG that is set begins with \"en\", and Dutch \
     otherwise; JSON documents follow --language only. So a script gives --language.",
);

pub(crate) const COMMANDS: &[Row] = &[
    Row {
        name: both("toets", "judge"),
        about: both("Beoordeelt voorstellen", "Judges proposals"),
        arguments: &[
            &TO_JUDGE,
            &MEETLAT,
            &FORMAT,
            &REFERENCE_DATE,
            &STEPS,
            &LANGUAGE,
            &OUTPUT,
            &LINES,
            &THREADS,
        ],
        after: both(
            "Einde: 0 het oordeel staat vast, 3 het oordeel is open, 1 een fout in meetlat of voorstel, \
             2 verkeerd gebruik. Bij meer voorstellen telt het ergste: eerst 1, dan 3.\n\
             Per regel: regel n van de uitvoer hoort bij regel n van de invoer. Met --formaat json is dat een oordeel, bij een fout \
             een document met meldingen; een lege regel blijft leeg. Een fout houdt de andere regels niet op. Aan het eind volgt een \
             samenvatting op de standaardfout.",
            "Exit code: 0 the verdict is settled, 3 the verdict is open, 1 an error in a rule file or proposal, 2 wrong usage. With \
             more proposals the worst counts: first 1, then 3.\n\
             By line: line n of the output belongs to line n of the input. With --format json that is a verdict, or after an error a \
             document with messages; a blank line stays blank. An error does not hold up the other lines. At the end a summary follows \
             on standard error.",
        ),
        then: Then::Do(task::judge),
    },
    Row {
        name: both("waarom", "why"),
        about: both(
            "Zegt wat het oordeel al beslist, en wat er voor en tegen spreekt",
            "Says what already decides the verdict, and what speaks for and against",
        ),
        arguments: &[&TO_EXPLAIN, &MEETLAT, &ANSWERS, &FORMAT, &REFERENCE_DATE, &STEPS, &LANGUAGE, &OUTPUT],
        after: both(
            "Een punt is een criterium, een voorwaarde, een uitsluiting, of een antwoord dat het oordeel zelf leest.\n\
             Einde: 0 het oordeel staat vast, 3 het oordeel is open, 1 een fout in meetlat of voorstel, 2 verkeerd gebruik.",
            "A point is a criterion, a condition, an exclusion, or an answer that the verdict itself reads.\n\
             Exit code: 0 the verdict is settled, 3 the verdict is open, 1 an error in a rule file or proposal, 2 wrong usage.",
        ),
        then: Then::Do(task::why),
    },
    Row {
        name: both("verbeter", "improve"),
        about: both(
            "Zegt welke gewijzigde antwoorden het oordeel beter of slechter maken",
            "Says which changed answers make the verdict better or worse",
        ),
        arguments: &[&TO_IMPROVE, &MEETLAT, &TARGETS, &FORMAT, &REFERENCE_DATE, &STEPS, &LANGUAGE, &OUTPUT],
        after: both(
            "Het antwoord is de kleinste groep antwoorden die samen genoeg zijn; wat open is, mag daarna nog alles worden.\n\
             Einde: 0 gezocht, 1 een fout in meetlat of voorstel, 2 verkeerd gebruik.",
            "The result is the smallest group of answers that are enough together; what is open may still become anything after that.\n\
             Exit code: 0 searched, 1 an error in a rule file or proposal, 2 wrong usage.",
        ),
        then: Then::Do(task::improve),
    },
    Row {
        name: both("stevigheid", "firmness"),
        about: both(
            "Zegt hoe stevig het oordeel is: wanneer andere gewichten, drempels of lezingen het veranderen",
            "Says how firm the verdict is: when other weights, thresholds or readings change it",
        ),
        arguments: &[&TO_TEST, &MEETLAT, &FORMAT, &REFERENCE_DATE, &STEPS, &LANGUAGE, &OUTPUT],
        after: both(
            "Staat het oordeel nog open, dan staan er alleen de lezingen, met wat er bij elk mogelijk is.\n\
             Einde: 0 het oordeel staat vast, 3 het oordeel is open, 1 een fout in meetlat of voorstel, 2 verkeerd gebruik.",
            "While the verdict is open only the readings are shown, with what is possible under each.\n\
             Exit code: 0 the verdict is settled, 3 the verdict is open, 1 an error in a rule file or proposal, 2 wrong usage.",
        ),
        then: Then::Do(task::firmness),
    },
    Row {
        name: both("vraag", "ask"),
        about: both(
            "Stelt de open vragen, de meest beslissende eerst, tot het oordeel vaststaat",
            "Asks the open questions, the most decisive first, until the verdict is settled",
        ),
        arguments: &[&TO_COMPLETE, &MEETLAT, &FORMAT, &REFERENCE_DATE, &STEPS, &LANGUAGE, &OUTPUT],
        after: both(
            "Schrijft het aangevulde voorstel naar --uit, of naast het voorstel met .aangevuld in de naam; nooit ongevraagd over een \
             bestand heen.\n\
             Met --formaat json: geen gesprek, maar de volgende vraag als document.\n\
             Einde: 0 het oordeel staat vast, 3 het oordeel is open, 1 een fout in meetlat of voorstel, 2 verkeerd gebruik.",
            "Writes the completed proposal to --output, or beside the proposal with .aangevuld in its name; never over an existing file \
             unasked.\n\
             With --format json: no dialogue, but the next question as a document.\n\
             Exit code: 0 the verdict is settled, 3 the verdict is open, 1 an error in a rule file or proposal, 2 wrong usage.",
        ),
        then: Then::Do(task::ask),
    },
    Row {
        name: both("controleer", "check"),
        about: both(
            "Controleert meetlatten, ook op wat de regels samen betekenen",
            "Checks rule files, also for what the rules mean together",
        ),
        arguments: &[&RULES, &STRICT, &FORMAT, &STEPS, &LANGUAGE, &OUTPUT],
        after: both(
            "Einde: 0 geen fouten, 1 fouten, 2 verkeerd gebruik.",
            "Exit code: 0 no errors, 1 errors, 2 wrong usage.",
        ),
        then: Then::Do(task::check),
    },
    Row {
        name: same("test"),
        about: both("Voert de voorbeelden in meetlatten uit", "Runs the examples in rule files"),
        arguments: &[&RULES, &STEPS, &LANGUAGE, &OUTPUT],
        after: both(
            "Einde: 0 elk voorbeeld klopt, 1 een voorbeeld klopt niet of er is een fout, 2 verkeerd gebruik.",
            "Exit code: 0 every example passes, 1 an example fails or there is an error, 2 wrong usage.",
        ),
        then: Then::Do(task::test),
    },
    Row {
        name: both("overzicht", "overview"),
        about: both(
            "Telt wat er in meetlatten staat en wat hun voorbeelden laten zien",
            "Counts what is in rule files and what their examples show",
        ),
        arguments: &[&RULES, &COUNTED, &FORMAT, &LANGUAGE, &OUTPUT],
        after: both(
            "Een tekst is een bladzijde in Markdown; met --formaat json staat er per meetlat een document op een regel.\n\
             Einde: 0 geteld, 1 een fout in een meetlat of voorstel, 2 verkeerd gebruik.",
            "Text is a page in Markdown; with --format json there is a document on a line for each rule file.\n\
             Exit code: 0 counted, 1 an error in a rule file or proposal, 2 wrong usage.",
        ),
        then: Then::Do(task::overview),
    },
    Row {
        name: both("leeg", "empty"),
        about: both("Maakt een leeg voorstel om in te vullen", "Makes an empty proposal to fill in"),
        arguments: &[&RULE, &DAY_OF_VERSION, &LANGUAGE, &OUTPUT],
        after: NOTHING,
        then: Then::Do(task::empty),
    },
    Row {
        name: same("schema"),
        about: both("Maakt een JSON-schema (draft 2020-12)", "Makes a JSON schema (draft 2020-12)"),
        arguments: &[&LANGUAGE],
        after: NOTHING,
        then: Then::Kinds(&[
            Row {
                name: both("voorstel", "proposal"),
                about: both("Van een voorstel bij een meetlat", "For proposals of a rule file"),
                arguments: &[&RULE, &DAY_OF_VERSION, &LANGUAGE, &OUTPUT],
                after: NOTHING,
                then: Then::Do(task::proposal_schema),
            },
            Row {
                name: both("oordeel", "verdict"),
                about: both("Van een oordeel", "For verdicts"),
                arguments: &[&LANGUAGE, &OUTPUT],
                after: NOTHING,
                then: Then::Do(task::verdict_schema),
            },
            Row {
                name: both("vraag", "ask"),
                about: both("Van wat \"meetlat vraag\" geeft", "For what \"meetlat ask\" gives"),
                arguments: &[&LANGUAGE, &OUTPUT],
                after: NOTHING,
                then: Then::Do(task::next_schema),
            },
            Row {
                name: both("verbeter", "improve"),
                about: both("Van wat \"meetlat verbeter\" geeft", "For what \"meetlat improve\" gives"),
                arguments: &[&LANGUAGE, &OUTPUT],
                after: NOTHING,
                then: Then::Do(task::improvement_schema),
            },
            Row {
                name: both("waarom", "why"),
                about: both("Van wat \"meetlat waarom\" geeft", "For what \"meetlat why\" gives"),
                arguments: &[&LANGUAGE, &OUTPUT],
                after: NOTHING,
                then: Then::Do(task::why_schema),
            },
            Row {
                name: both("stevigheid", "firmness"),
                about: both("Van wat \"meetlat stevigheid\" geeft", "For what \"meetlat firmness\" gives"),
                arguments: &[&LANGUAGE, &OUTPUT],
                after: NOTHING,
                then: Then::Do(task::firmness_schema),
            },
            Row {
                name: both("overzicht", "overview"),
                about: both("Van wat \"meetlat overzicht\" geeft", "For what \"meetlat overview\" gives"),
                arguments: &[&LANGUAGE, &OUTPUT],
                after: NOTHING,
                then: Then::Do(task::overview_schema),
            },
            Row {
                name: both("meldingen", "messages"),
                about: both("Van meldingen over fouten", "For messages about errors"),
                arguments: &[&LANGUAGE, &OUTPUT],
                after: NOTHING,
                then: Then::Do(task::report_schema),
            },
        ]),
    },
];

pub(crate) const HELP: Argument = Argument {
    short: Some('h'),
    name: both("hulp", "help"),
    value: NOTHING,
    help: both("Toont deze hulp", "Shows this help"),
    takes: Takes::Help,
};

pub(crate) const VERSION: Argument = Argument {
    short: Some('V'),
    name: both("versie", "version"),
    value: NOTHING,
    help: both("Toont de versie", "Shows the version"),
    takes: Takes::Version,
};

/// Proposals, whatever is done with them.
const fn proposals(help: Both) -> Argument {
    Argument {
        short: None,
        name: both("voorstel", "proposal"),
        value: both("VOORSTEL.json", "PROPOSAL.json"),
        help,
        takes: Takes::Files,
    }
}

pub(crate) const TO_JUDGE: Argument = proposals(both(
    "Voorstellen om te beoordelen; - leest de standaardinvoer",
    "Proposals to judge; - reads standard input",
));

const TO_EXPLAIN: Argument = proposals(both(
    "Voorstellen om uit te leggen; - leest de standaardinvoer",
    "Proposals to explain; - reads standard input",
));

const TO_IMPROVE: Argument = proposals(both(
    "Voorstellen om te verbeteren; - leest de standaardinvoer",
    "Proposals to improve; - reads standard input",
));

const TO_TEST: Argument = proposals(both(
    "Voorstellen om na te gaan; - leest de standaardinvoer",
    "Proposals to go through; - reads standard input",
));

pub(crate) const TO_COMPLETE: Argument = Argument {
    takes: Takes::File,
    ..proposals(both(
        "Het voorstel om aan te vullen; begin met: meetlat leeg",
        "The proposal to complete; begin with: meetlat empty",
    ))
};

pub(crate) const RULES: Argument = Argument { takes: Takes::Files, ..RULE };

pub(crate) const RULE: Argument = Argument {
    short: None,
    name: both("bestand", "file"),
    value: both("BESTAND", "FILE"),
    help: both(
        "Een meetlat of een map ermee; - leest de standaardinvoer; een naam als ijsselland staat voor een ingebouwde",
        "A rule file or a folder of them; - reads standard input; a name like ijsselland stands for a built-in one",
    ),
    takes: Takes::File,
};

/// The rules to judge by.
pub(crate) const MEETLAT: Argument = Argument {
    short: Some('m'),
    name: both("meetlat", "rules"),
    value: both("BESTAND|MAP", "FILE|FOLDER"),
    help: both(
        "De meetlat; mag vaker, voor meer versies, of een map met meetlatten. Zonder deze optie: de ingebouwde \
         die het voorstel noemt",
        "The rule file; may be repeated, for more versions, or a folder of rule files. Without this option: the \
         built-in one that the proposal names",
    ),
    takes: Takes::Paths,
};

pub(crate) const FORMAT: Argument = Argument {
    short: Some('f'),
    name: both("formaat", "format"),
    value: both("tekst|json", "text|json"),
    help: both("Tekst, of een JSON-document per regel", "Text, or a JSON document on each line"),
    takes: Takes::OneOf(&[both("tekst", "text"), JSON]),
};

/// The format that is no text.
pub(crate) const JSON: Both = same("json");

pub(crate) const LANGUAGE: Argument = Argument {
    short: Some('t'),
    name: both("taal", "language"),
    value: same("nl|en"),
    help: both(
        "Taal van hulp, oordelen en meldingen; wat de regels zeggen, blijft zoals het er staat. Zonder deze optie die van de \
         omgeving: zie meetlat --help",
        "Language of help, verdicts and messages; what the rules say stays as it is written. Without this option that of the \
         environment: see meetlat --help",
    ),
    takes: Takes::OneOf(&[same("nl"), same("en")]),
};

pub(crate) const STEPS: Argument = Argument {
    short: Some('g'),
    name: both("grens", "limit"),
    value: both("STAPPEN", "STEPS"),
    help: both(
        "Zoekt hoogstens zoveel stappen; is er dan nog iets niet zeker, dan is het antwoord voorlopig. Zonder deze \
         optie 500.000",
        "Searches at most this many steps; where something is still uncertain then, the result is provisional. Without this \
         option 500,000",
    ),
    takes: Takes::Steps,
};

pub(crate) const OUTPUT: Argument = Argument {
    short: Some('u'),
    name: both("uit", "output"),
    value: both("BESTAND", "FILE"),
    help: both("Schrijft naar dit bestand", "Writes to this file"),
    takes: Takes::Path,
};

/// The day for which rules are asked.
pub(crate) const REFERENCE_DATE: Argument = Argument {
    short: Some('p'),
    name: both("peildatum", "reference-date"),
    value: both("JJJJ-MM-DD", "YYYY-MM-DD"),
    help: both(
        "De datum waarvoor de regels gelden; gaat voor die in het voorstel",
        "The date for which the rules are asked; wins over the one in the proposal",
    ),
    takes: Takes::Date,
};

/// To choose one of several versions.
const DAY_OF_VERSION: Argument = Argument {
    help: both(
        "Kiest de versie die op deze datum geldt, als er meer zijn",
        "Chooses the version in force on this date, when there are more",
    ),
    ..REFERENCE_DATE
};

pub(crate) const LINES: Argument = Argument {
    short: Some('r'),
    name: both("per-regel", "lines"),
    value: NOTHING,
    help: both(
        "Elke regel is een voorstel (NDJSON); bij .ndjson en .jsonl is dat al zo",
        "Every line is a proposal (NDJSON); for .ndjson and .jsonl it is so already",
    ),
    takes: Takes::Flag,
};

pub(crate) const THREADS: Argument = Argument {
    short: Some('d'),
    name: both("draden", "threads"),
    value: both("AANTAL", "NUMBER"),
    help: both(
        "Toetst zoveel voorstellen tegelijk; zonder deze optie zoveel als de computer aankan",
        "Judges this many proposals at a time; without this option as many as the computer can handle",
    ),
    takes: Takes::Threads,
};

pub(crate) const ANSWERS: Argument = Argument {
    short: Some('a'),
    name: both("antwoorden", "answers"),
    value: NOTHING,
    help: both(
        "Zoekt ook de minste antwoorden die al beslissen; kan langer duren",
        "Also searches the fewest answers that already decide; may take longer",
    ),
    takes: Takes::Flag,
};

pub(crate) const TARGETS: Argument = Argument {
    short: Some('n'),
    name: both("naar", "to"),
    value: both("UITKOMST|ROUTE=KEUZE", "OUTCOME|ROUTE=CHOICE"),
    help: both(
        "De uitkomst, of de keuze van een route; mag vaker. Zonder deze optie: elke uitkomst",
        "The outcome, or the choice of a route; may be repeated. Without this option: every outcome",
    ),
    takes: Takes::Texts,
};

pub(crate) const STRICT: Argument = Argument {
    short: Some('s'),
    name: both("streng", "strict"),
    value: NOTHING,
    help: both(
        "Elke waarschuwing telt als fout, behalve dat het zoeken is gestopt",
        "Every warning counts as an error, except a search that was stopped",
    ),
    takes: Takes::Flag,
};

/// Proposals that are only counted.
pub(crate) const COUNTED: Argument = Argument {
    short: None,
    name: both("voorstellen", "proposals"),
    value: both("BESTAND|MAP", "FILE|FOLDER"),
    help: both(
        "Telt ook de voorstellen hier, ook in mappen eronder; mag vaker",
        "Counts the proposals here too, also in folders below; may be repeated",
    ),
    takes: Takes::Paths,
};
