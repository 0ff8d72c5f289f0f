//! The service without a network: a request goes in, a response comes out.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use meetlat::{Code, Limits};
use serde_json::Value;
use service::Service;
use tower::ServiceExt as _;

const RULES: &str = include_str!("../../../tests/cases/klein/regels.meetlat");
const GOOD: &str = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja", "bedrag": 42000}}"#;
const OPEN: &str = r#"{"meetlat": "klein", "antwoorden": {"gezond": "ja"}}"#;
const HOUR: Duration = Duration::from_secs(3600);

/// A folder with rules, gone when the test is done.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("meetlat_service_{}_{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let folder = Self(path);
        folder.put("klein.meetlat", RULES);
        folder
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn service(&self, limits: Limits, patience: Duration) -> Arc<Service> {
        Service::open(&self.0, limits, patience).unwrap().0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn post(path: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path).body(body.into()).unwrap()
}

async fn text(service: &Arc<Service>, request: Request<Body>) -> (StatusCode, String) {
    let response = Arc::clone(service).router().oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn json(service: &Arc<Service>, request: Request<Body>) -> (StatusCode, Value) {
    let (status, body) = text(service, request).await;
    (status, serde_json::from_str(&body).unwrap_or_else(|_| panic!("{status}: {body}")))
}

fn usual(name: &str) -> (Folder, Arc<Service>) {
    let folder = Folder::new(name);
    let service = folder.service(Limits::default(), HOUR);
    (folder, service)
}

#[tokio::test]
async fn a_verdict_and_an_open_one() {
    let (_folder, service) = usual("verdict");
    let (status, verdict) = json(&service, post("/klein/oordeel", GOOD)).await;
    assert_eq!((status, &verdict["oordeel"]["uitkomst"]), (StatusCode::OK, &"voldoet".into()));
    let (status, verdict) = json(&service, post("/klein/verdict", OPEN)).await;
    assert_eq!((status, &verdict["oordeel"]["status"]), (StatusCode::OK, &"open".into()));
    assert_eq!(verdict["oordeel"]["mogelijk"], serde_json::json!(["voldoet", "afgewezen"]));
}

#[tokio::test]
async fn the_other_documents_by_their_paths() {
    let (_folder, service) = usual("documents");
    let (_, next) = json(&service, post("/klein/vraag", OPEN)).await;
    assert_eq!(next["open_vraag"]["vraag"], "bedrag");
    for path in ["verbeter", "improve", "waarom", "why", "stevigheid", "firmness"] {
        let (status, document) = json(&service, post(&format!("/klein/{path}"), OPEN)).await;
        assert_eq!((status, &document["documentversie"]), (StatusCode::OK, &"2".into()), "{path}");
    }
    for path in ["/groot/oordeel", "/klein/onzin", "/klein/meldingen"] {
        let (status, refused) = json(&service, post(path, OPEN)).await;
        assert_eq!(
            (status, &refused["meldingen"][0]["code"]),
            (StatusCode::NOT_FOUND, &"B0103".into()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_proposal_is_told() {
    let (_folder, service) = usual("refused");
    let faulty = "{\"meetlat\": \"klein\",\n\"antwoorden\": {\"gezond\": \"misschien\", \"bedrag\": -1}}";
    let (status, refused) = json(&service, post("/klein/oordeel", faulty)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let messages = refused["meldingen"].as_array().unwrap();
    assert_eq!(messages.len(), 2, "{refused:#}");
    for message in messages {
        assert!(message["code"].as_str().unwrap().starts_with("V0"), "{message}");
        assert!(message["melding"].is_string() && message["hulp"].is_string(), "{message}");
        assert_eq!(message["plaatsen"][0]["regel"], 2, "{message}");
    }
    assert_eq!(messages[0]["plaatsen"][0]["pad"], "/antwoorden/gezond");
    let (status, _) = json(&service, post("/klein/oordeel?peildatum=gisteren", GOOD)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let folder = Folder::new("large");
    let service = folder.service(Limits { proposal_bytes: 100, ..Limits::default() }, HOUR);
    assert_eq!(json(&service, post("/klein/oordeel", GOOD)).await.0, StatusCode::OK);
    let (status, refused) = json(&service, post("/klein/oordeel", " ".repeat(101))).await;
    assert_eq!((status, &refused["meldingen"][0]["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &"B0101".into()));
}

#[tokio::test]
async fn english_when_asked_for() {
    let (_folder, service) = usual("english");
    let asked = |header: &str, query: &str| {
        let path = format!("/klein/oordeel{query}");
        Request::post(path).header(header::ACCEPT_LANGUAGE, header).body(Body::from("{}")).unwrap()
    };
    for (header, query, english) in [
        ("en-GB,en;q=0.9,nl;q=0.8", "", true),
        ("de, en", "", true),
        ("nl, en", "", false),
        ("de", "", false),
        ("nl", "?taal=en", true),
        ("en", "?taal=nl", false),
    ] {
        let (_, refused) = json(&service, asked(header, query)).await;
        let said = refused["meldingen"][0]["melding"].as_str().unwrap();
        assert_eq!(said.contains("is missing"), english, "{header} {query}: {said}");
    }
    let (_, verdict) = json(&service, post("/klein/oordeel?taal=en", OPEN)).await;
    let (_, dutch) = json(&service, post("/klein/oordeel", OPEN)).await;
    assert_ne!(verdict, dutch);
}

#[tokio::test]
async fn a_deadline_gives_what_is_known_by_then() {
    let folder = Folder::new("deadline");
    let service = folder.service(Limits::default(), Duration::ZERO);
    let (status, verdict) = json(&service, post("/klein/oordeel", OPEN)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(verdict["oordeel"]["voorlopig"]["reden"], "gestopt");
    assert_eq!(verdict["oordeel"]["status"], "open");
    // What needs no search is there in time.
    let (_, verdict) = json(&service, post("/klein/oordeel", GOOD)).await;
    assert_eq!(verdict["oordeel"]["voorlopig"], Value::Null);
}

/// The work of a request ends when its client goes away: a runtime that is shut down waits for work that has begun.
#[test]
fn nobody_works_for_a_client_that_left() {
    let folder = Folder::new("gone");
    folder.put("zwaar.meetlat", include_str!("../../../tests/open/priemgewichten/regels.meetlat"));
    let service = folder.service(Limits { search_steps: u64::MAX, ..Limits::default() }, HOUR);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let request = post("/priemgewichten/verbeter", r#"{"meetlat": "priemgewichten", "antwoorden": {}}"#);
    let answer = Arc::clone(&service).router().oneshot(request);
    let waited = runtime.block_on(async { tokio::time::timeout(Duration::from_millis(300), answer).await });
    assert!(waited.is_err(), "this should have taken longer");
    let left = Instant::now();
    runtime.shutdown_timeout(Duration::from_secs(10));
    assert!(left.elapsed() < Duration::from_secs(5), "{:?}", left.elapsed());
}

/// The same meetlat with another threshold.
fn changed(threshold: &str) -> String {
    RULES.replace("70%", threshold)
}

#[tokio::test]
async fn new_rules_are_taken_as_a_whole() {
    let (folder, service) = usual("reload");
    let halfway = r#"{"meetlat": "klein", "antwoorden": {"gezond": "deels", "bedrag": 42000}}"#;
    let outcome = |verdict: &Value| verdict["oordeel"]["uitkomst"].as_str().unwrap().to_owned();
    assert_eq!(outcome(&json(&service, post("/klein/oordeel", halfway)).await.1), "afgewezen");

    // A request that has begun keeps the rules it began with.
    let old = service.rules();
    let (_, proposal) = old[0].read("voorstel.json", halfway, None).unwrap();

    folder.put("klein.meetlat", &changed("50%"));
    folder.put("KOPIE.MEETLAT", RULES);
    let (status, told) = text(&service, post("/herlaad?taal=en", "")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        told.ends_with("KOPIE.MEETLAT is passed over: its name does not end in .meetlat in small letters\n"),
        "{told}"
    );
    assert_eq!(outcome(&json(&service, post("/klein/oordeel", halfway)).await.1), "voldoet");

    assert_eq!(old[0].evaluate(&proposal).unwrap().outcome.outcome.as_deref(), Some("afgewezen"));
    // Never by others than those that read it.
    let refused = service.rules()[0].evaluate(&proposal).unwrap_err();
    assert_eq!(refused.iter().next().unwrap().code, Code::OtherRules);
}

#[tokio::test]
async fn faulty_rules_change_nothing_and_are_told() {
    let (folder, service) = usual("faulty");
    let before = service.rules();
    folder.put("ander.meetlat", &changed("50%").replace("meetlat klein", "meetlat ander"));
    folder.put("klein.meetlat", &RULES.replace("score     gezond", "score     gezondd"));
    let (status, refused) = json(&service, post("/herlaad", "")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let message = &refused["meldingen"][0];
    assert_eq!(
        (&message["code"], &message["plaatsen"][0]["bestand"]),
        (&"M0203".into(), &"klein.meetlat".into())
    );
    assert!(message["hulp"].as_str().unwrap().contains("gezond"), "{message}");
    // Nor is the sound one among them taken.
    assert!(Arc::ptr_eq(&before, &service.rules()));
    assert_eq!(json(&service, post("/klein/oordeel", GOOD)).await.0, StatusCode::OK);
    assert_eq!(json(&service, post("/ander/oordeel", GOOD)).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_reference_date_picks_the_version() {
    let folder = Folder::new("versions");
    folder.put(
        "oud.meetlat",
        &changed("50%")
            .replace("versie  1", "versie  0")
            .replace("vanaf 1 januari 2024", "van 1 januari 2020 tot en met 31 december 2023"),
    );
    let service = folder.service(Limits::default(), HOUR);
    for (day, version) in [("2023-12-31", "0"), ("2024-01-01", "1")] {
        let (_, verdict) = json(&service, post(&format!("/klein/oordeel?peildatum={day}"), GOOD)).await;
        assert_eq!(verdict["meetlat"]["versie"], version, "{day}");
    }
    let (status, refused) = json(&service, post("/klein/oordeel", GOOD)).await;
    assert_eq!(
        (status, &refused["meldingen"][0]["plaatsen"][0]["pad"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &"/peildatum".into())
    );
}
