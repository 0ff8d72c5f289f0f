//! The commands, their arguments and options, with help in Dutch. English names are aliases.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use meetlat::Date;
use meetlat::Language;
use meetlat::Limits;

use crate::output::Format;

const TEMPLATE: &str = "{about}\n\nGebruik: {usage}\n\n{all-args}{after-help}\n";

/// What to do, as told on the command line.
pub(crate) enum Task {
    Judge {
        proposals: Vec<PathBuf>,
        rules: Vec<PathBuf>,
        reference_date: Option<Date>,
        /// Every line of every file is a proposal.
        lines: bool,
        /// None: all that the machine has.
        threads: Option<NonZeroUsize>,
    },
    Why {
        proposals: Vec<PathBuf>,
        rules: Vec<PathBuf>,
        reference_date: Option<Date>,
        answers: bool,
    },
    Improve {
        proposals: Vec<PathBuf>,
        rules: Vec<PathBuf>,
        reference_date: Option<Date>,
        targets: Vec<String>,
    },
    Ask {
        proposal: PathBuf,
        rules: Vec<PathBuf>,
        reference_date: Option<Date>,
    },
    Firmness {
        proposals: Vec<PathBuf>,
        rules: Vec<PathBuf>,
        reference_date: Option<Date>,
    },
    Check {
        rules: Vec<PathBuf>,
        strict: bool,
    },
    Test {
        rules: Vec<PathBuf>,
    },
    Overview {
        rules: Vec<PathBuf>,
        proposals: Vec<PathBuf>,
    },
    Empty {
        rules: PathBuf,
        reference_date: Option<Date>,
    },
    ProposalSchema {
        rules: PathBuf,
        reference_date: Option<Date>,
    },
    VerdictSchema,
    ReportSchema,
}

/// How to show it.
pub(crate) struct Shown {
    pub(crate) format: Format,
    pub(crate) language: Language,
    pub(crate) limits: Limits,
    pub(crate) output: Option<PathBuf>,
}

/// The whole command line.
pub(crate) fn command() -> Command {
    base("meetlat")
        .about(
            "meetlat beoordeelt voorstellen met een meetlat: een bestand met beleidsregels in het Nederlands. \
             Het oordeel is een advies, met score en uitleg.",
        )
        .override_usage("meetlat <OPDRACHT> [OPTIES]")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_help_heading("Opdrachten")
        .arg(version())
        .after_help("Meer over een opdracht: meetlat <OPDRACHT> --help. Elke opdracht en optie heeft ook een Engelse naam.")
        .subcommands([judge(), why(), improve(), firmness(), ask(), check(), test(), overview(), empty(), schema()])
}

fn base(name: &'static str) -> Command {
    Command::new(name)
        .help_template(TEMPLATE)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .next_help_heading("Opties")
        .arg(
            Arg::new("hulp")
                .short('h')
                .long("hulp")
                .alias("help")
                .help("Toont deze hulp (ook --help)")
                .display_order(100)
                .action(ArgAction::Help),
        )
}

fn version() -> Arg {
    Arg::new("versie")
        .short('V')
        .long("versie")
        .alias("version")
        .help("Toont de versie (ook --version)")
        .display_order(101)
        .action(ArgAction::Version)
}

fn judge() -> Command {
    base("toets")
        .alias("judge")
        .about("Beoordeelt voorstellen (ook: judge)")
        .override_usage("meetlat toets <VOORSTEL.json>... [OPTIES]")
        .arg(
            files("voorstel", "VOORSTEL.json", "Voorstellen om te beoordelen; - leest de standaardinvoer")
                .num_args(1..),
        )
        .arg(meetlats())
        .arg(format())
        .arg(day("De datum waarvoor de regels gelden; gaat voor die in het voorstel (ook --reference-date)"))
        .arg(steps())
        .arg(language())
        .arg(output())
        .arg(
            Arg::new("per_regel")
                .short('r')
                .long("per-regel")
                .alias("lines")
                .action(ArgAction::SetTrue)
                .help("Elke regel is een voorstel (NDJSON); bij .ndjson en .jsonl is dat al zo (ook --lines)"),
        )
        .arg(
            Arg::new("draden")
                .short('d')
                .long("draden")
                .alias("threads")
                .value_name("AANTAL")
                .value_parser(threads)
                .help("Toetst zoveel voorstellen tegelijk; zonder deze optie zoveel als de computer aankan (ook --threads)"),
        )
        .after_help(
            "Einde: 0 het oordeel staat vast, 3 het oordeel is open, 1 een fout in meetlat of voorstel, \
             2 verkeerd gebruik. Bij meer voorstellen telt het ergste: eerst 1, dan 3.\n\
             Per regel: regel n van de uitvoer hoort bij regel n van de invoer. Met --formaat json is dat een oordeel, bij een fout \
             een document met meldingen; een lege regel blijft leeg. Een fout houdt de andere regels niet op. Aan het eind staat op \
             de standaardfout een samenvatting.",
        )
}

fn why() -> Command {
    base("waarom")
        .alias("why")
        .about("Zegt wat het oordeel al beslist, en wat er voor en tegen spreekt (ook: why)")
        .override_usage("meetlat waarom <VOORSTEL.json>... [OPTIES]")
        .arg(files("voorstel", "VOORSTEL.json", "Voorstellen om uit te leggen; - leest de standaardinvoer").num_args(1..))
        .arg(meetlats())
        .arg(
            Arg::new("antwoorden")
                .short('a')
                .long("antwoorden")
                .alias("answers")
                .action(ArgAction::SetTrue)
                .help("Zoekt ook de minste antwoorden die al beslissen; kan langer duren (ook --answers)"),
        )
        .arg(format())
        .arg(day("De datum waarvoor de regels gelden; gaat voor die in het voorstel (ook --reference-date)"))
        .arg(steps())
        .arg(language())
        .arg(output())
        .after_help(
            "Een punt is een criterium, een voorwaarde, een uitsluiting, of een antwoord dat het oordeel zelf leest.\n\
             Einde: 0 het oordeel staat vast, 3 het oordeel is open, 1 een fout in meetlat of voorstel, 2 verkeerd gebruik.",
        )
}

fn improve() -> Command {
    base("verbeter")
        .alias("improve")
        .about("Zegt welke gewijzigde antwoorden het oordeel beter of slechter maken (ook: improve)")
        .override_usage("meetlat verbeter <VOORSTEL.json>... [OPTIES]")
        .arg(files("voorstel", "VOORSTEL.json", "Voorstellen om te verbeteren; - leest de standaardinvoer").num_args(1..))
        .arg(meetlats())
        .arg(
            Arg::new("naar")
                .short('n')
                .long("naar")
                .alias("to")
                .value_name("UITKOMST|ROUTE=KEUZE")
                .action(ArgAction::Append)
                .help("De uitkomst, of de keuze van een route; mag vaker. Zonder deze optie: elke uitkomst (ook --to)"),
        )
        .arg(format())
        .arg(day("De datum waarvoor de regels gelden; gaat voor die in het voorstel (ook --reference-date)"))
        .arg(steps())
        .arg(language())
        .arg(output())
        .after_help(
            "Het antwoord is de kleinste groep antwoorden die samen genoeg zijn; wat open is, mag daarna nog alles worden.\n\
             Einde: 0 gezocht, 1 een fout in meetlat of voorstel, 2 verkeerd gebruik.",
        )
}

fn ask() -> Command {
    base("vraag")
        .alias("ask")
        .about("Stelt de open vragen, de meest beslissende eerst, tot het oordeel vaststaat (ook: ask)")
        .override_usage("meetlat vraag <VOORSTEL.json> [OPTIES]")
        .arg(files("voorstel", "VOORSTEL.json", "Het voorstel om aan te vullen; begin met: meetlat leeg"))
        .arg(meetlats())
        .arg(format())
        .arg(day("De datum waarvoor de regels gelden; gaat voor die in het voorstel (ook --reference-date)"))
        .arg(steps())
        .arg(language())
        .arg(output())
        .after_help(
            "Schrijft het aangevulde voorstel naar --uit, of naast het voorstel met .aangevuld in de naam; nooit ongevraagd over een \
             bestand heen.\n\
             Met --formaat json: geen gesprek, maar de volgende vraag als document.\n\
             Einde: 0 het oordeel staat vast, 3 het oordeel is open, 1 een fout in meetlat of voorstel, 2 verkeerd gebruik.",
        )
}

fn firmness() -> Command {
    base("stevigheid")
        .alias("firmness")
        .about("Zegt hoe stevig het oordeel is: wanneer andere gewichten, drempels of lezingen het veranderen (ook: firmness)")
        .override_usage("meetlat stevigheid <VOORSTEL.json>... [OPTIES]")
        .arg(
            files("voorstel", "VOORSTEL.json", "Voorstellen om na te gaan; - leest de standaardinvoer")
                .num_args(1..),
        )
        .arg(meetlats())
        .arg(format())
        .arg(day("De datum waarvoor de regels gelden; gaat voor die in het voorstel (ook --reference-date)"))
        .arg(steps())
        .arg(language())
        .arg(output())
        .after_help(
            "Staat het oordeel nog open, dan staan er alleen de lezingen, met wat er bij elk mogelijk is.\n\
             Einde: 0 het oordeel staat vast, 3 het oordeel is open, 1 een fout in meetlat of voorstel, 2 verkeerd gebruik.",
        )
}

fn check() -> Command {
    base("controleer")
        .alias("check")
        .about("Controleert meetlatten, ook op wat de regels samen betekenen (ook: check)")
        .override_usage("meetlat controleer <BESTAND>... [OPTIES]")
        .arg(rules().num_args(1..))
        .arg(
            Arg::new("streng")
                .short('s')
                .long("streng")
                .alias("strict")
                .action(ArgAction::SetTrue)
                .help("Elke waarschuwing telt als fout, behalve een zoeken dat is gestopt (ook --strict)"),
        )
        .arg(format())
        .arg(steps())
        .arg(language())
        .arg(output())
        .after_help("Einde: 0 geen fouten, 1 fouten, 2 verkeerd gebruik.")
}

fn test() -> Command {
    base("test")
        .about("Voert de voorbeelden in meetlatten uit")
        .override_usage("meetlat test <BESTAND>... [OPTIES]")
        .arg(rules().num_args(1..))
        .arg(steps())
        .arg(language())
        .arg(output())
        .after_help(
            "Einde: 0 elk voorbeeld klopt, 1 een voorbeeld klopt niet of er is een fout, 2 verkeerd gebruik.",
        )
}

fn overview() -> Command {
    base("overzicht")
        .alias("overview")
        .about("Telt wat er in meetlatten staat en wat hun voorbeelden laten zien (ook: overview)")
        .override_usage("meetlat overzicht <BESTAND>... [OPTIES]")
        .arg(rules().num_args(1..))
        .arg(
            Arg::new("voorstellen")
                .long("voorstellen")
                .alias("proposals")
                .value_name("BESTAND|MAP")
                .value_parser(value_parser!(PathBuf))
                .action(ArgAction::Append)
                .help("Telt ook de voorstellen hier, ook in mappen eronder; mag vaker (ook --proposals)"),
        )
        .arg(format())
        .arg(language())
        .arg(output())
        .after_help(
            "Een tekst is een bladzijde in Markdown; met --formaat json staat er per meetlat een document op een regel.\n\
             Einde: 0 geteld, 1 een fout in een meetlat of voorstel, 2 verkeerd gebruik.",
        )
}

fn day(help: &'static str) -> Arg {
    Arg::new("peildatum")
        .short('p')
        .long("peildatum")
        .alias("reference-date")
        .value_name("JJJJ-MM-DD")
        .value_parser(date)
        .help(help)
}

/// To choose one of several versions.
fn day_of_version() -> Arg {
    day("Kiest de versie die op deze datum geldt, als er meer zijn (ook --reference-date)")
}

fn empty() -> Command {
    base("leeg")
        .alias("empty")
        .about("Maakt een leeg voorstel om in te vullen (ook: empty)")
        .override_usage("meetlat leeg <BESTAND> [OPTIES]")
        .arg(rules())
        .arg(day_of_version())
        .arg(language())
        .arg(output())
}

fn schema() -> Command {
    base("schema")
        .about("Maakt een JSON-schema (draft 2020-12)")
        .override_usage("meetlat schema <SOORT> [OPTIES]")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_help_heading("Soorten")
        .subcommands([
            base("voorstel")
                .alias("proposal")
                .about("Van een voorstel bij een meetlat (ook: proposal)")
                .override_usage("meetlat schema voorstel <BESTAND> [OPTIES]")
                .arg(rules())
                .arg(day_of_version())
                .arg(language())
                .arg(output()),
            base("oordeel")
                .alias("verdict")
                .about("Van een oordeel (ook: verdict)")
                .override_usage("meetlat schema oordeel [OPTIES]")
                .arg(output()),
            base("meldingen")
                .alias("messages")
                .about("Van meldingen over fouten (ook: messages)")
                .override_usage("meetlat schema meldingen [OPTIES]")
                .arg(output()),
        ])
}

/// The rules to judge by.
fn meetlats() -> Arg {
    Arg::new("meetlat")
        .short('m')
        .long("meetlat")
        .alias("rules")
        .value_name("BESTAND|MAP")
        .value_parser(value_parser!(PathBuf))
        .action(ArgAction::Append)
        .help(
            "De meetlat; mag vaker, voor meer versies, of een map met meetlatten. Zonder deze optie: de ingebouwde \
             die het voorstel noemt (ook --rules)",
        )
}

fn files(id: &'static str, name: &'static str, help: &'static str) -> Arg {
    Arg::new(id)
        .value_name(name)
        .help(help)
        .help_heading("Argumenten")
        .required(true)
        .value_parser(value_parser!(PathBuf))
}

fn rules() -> Arg {
    files(
        "bestand",
        "BESTAND",
        "Een meetlat of een map ermee; - leest de standaardinvoer; een naam als ijsselland staat voor een ingebouwde",
    )
}

fn format() -> Arg {
    Arg::new("formaat")
        .short('f')
        .long("formaat")
        .alias("format")
        .value_name("tekst|json")
        .value_parser([PossibleValue::new("tekst").alias("text"), PossibleValue::new("json")])
        .default_value("tekst")
        .hide_possible_values(true)
        .hide_default_value(true)
        .help("Tekst, of een JSON-document per regel (ook --format)")
}

fn language() -> Arg {
    Arg::new("taal")
        .short('t')
        .long("taal")
        .alias("language")
        .value_name("nl|en")
        .value_parser([PossibleValue::new("nl"), PossibleValue::new("en")])
        .default_value("nl")
        .hide_possible_values(true)
        .hide_default_value(true)
        .help("Taal van oordelen en meldingen; wat de regels zeggen, blijft zoals het er staat (ook --language)")
}

fn steps() -> Arg {
    Arg::new("grens")
        .short('g')
        .long("grens")
        .alias("limit")
        .value_name("STAPPEN")
        .value_parser(limit)
        .help(
            "Zoekt hoogstens zoveel stappen; is er dan nog iets niet zeker, dan is het antwoord voorlopig. Zonder deze \
             optie 500.000 (ook --limit)",
        )
}

fn limit(text: &str) -> Result<u64, String> {
    match text.parse() {
        Ok(steps @ 1..) => Ok(steps),
        _ => Err("geen aantal stappen".to_owned()),
    }
}

fn output() -> Arg {
    Arg::new("uit")
        .short('u')
        .long("uit")
        .alias("output")
        .value_name("BESTAND")
        .value_parser(value_parser!(PathBuf))
        .help("Schrijft naar dit bestand (ook --output)")
}

fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "geen aantal".to_owned())
}

fn date(text: &str) -> Result<Date, String> {
    Date::from_iso(text).ok_or_else(|| "geen datum".to_owned())
}

/// The task in a parsed command line. `None` only when clap lets something through that its own rules forbid.
pub(crate) fn task(matches: &ArgMatches) -> Option<(Task, Shown)> {
    let (name, of) = matches.subcommand()?;
    let task = match name {
        "toets" => Task::Judge {
            proposals: paths(of, "voorstel"),
            rules: paths(of, "meetlat"),
            reference_date: of.get_one("peildatum").copied(),
            lines: of.get_flag("per_regel"),
            threads: of.get_one("draden").copied(),
        },
        "waarom" => Task::Why {
            proposals: paths(of, "voorstel"),
            rules: paths(of, "meetlat"),
            reference_date: of.get_one("peildatum").copied(),
            answers: of.get_flag("antwoorden"),
        },
        "verbeter" => Task::Improve {
            proposals: paths(of, "voorstel"),
            rules: paths(of, "meetlat"),
            reference_date: of.get_one("peildatum").copied(),
            targets: of.get_many("naar").into_iter().flatten().cloned().collect(),
        },
        "vraag" => Task::Ask {
            proposal: of.get_one("voorstel").cloned()?,
            rules: paths(of, "meetlat"),
            reference_date: of.get_one("peildatum").copied(),
        },
        "stevigheid" => Task::Firmness {
            proposals: paths(of, "voorstel"),
            rules: paths(of, "meetlat"),
            reference_date: of.get_one("peildatum").copied(),
        },
        "controleer" => Task::Check { rules: paths(of, "bestand"), strict: of.get_flag("streng") },
        "test" => Task::Test { rules: paths(of, "bestand") },
        "overzicht" => Task::Overview { rules: paths(of, "bestand"), proposals: paths(of, "voorstellen") },
        "leeg" => Task::Empty {
            rules: of.get_one("bestand").cloned()?,
            reference_date: of.get_one("peildatum").copied(),
        },
        _ => {
            let (kind, of) = of.subcommand()?;
            let task = match kind {
                "voorstel" => Task::ProposalSchema {
                    rules: of.get_one("bestand").cloned()?,
                    reference_date: of.get_one("peildatum").copied(),
                },
                "oordeel" => Task::VerdictSchema,
                _ => Task::ReportSchema,
            };
            return Some((task, shown(of)));
        }
    };
    Some((task, shown(of)))
}

fn paths(matches: &ArgMatches, id: &str) -> Vec<PathBuf> {
    matches.get_many(id).map(|paths| paths.cloned().collect()).unwrap_or_default()
}

/// Of the engine; some commands do not ask it.
fn limits(matches: &ArgMatches) -> Limits {
    let usual = Limits::default();
    match matches.try_get_one("grens") {
        Ok(Some(steps)) => Limits { search_steps: *steps, ..usual },
        _ => usual,
    }
}

fn shown(matches: &ArgMatches) -> Shown {
    let word = |id: &str| matches.try_get_one::<String>(id).ok().flatten().map(String::as_str);
    Shown {
        format: if word("formaat") == Some("json") { Format::Json } else { Format::Text },
        language: if word("taal") == Some("en") { Language::En } else { Language::Nl },
        limits: limits(matches),
        output: matches.get_one("uit").cloned(),
    }
}
