//! A service as a host would build it around the crate: rules from a folder, in versions; proposals in, documents out.
//!
//! | request | what comes back |
//! |---|---|
//! | `POST /klein/oordeel` with a proposal as JSON | the verdict; likewise `vraag`, `verbeter`, `waarom`, `stevigheid`, or their English names |
//! | `POST /herlaad` | the rules are read anew; what was passed over, a line each |
//!
//! `?peildatum=2024-05-01` picks the version. English with `?taal=en` or `Accept-Language`. What is refused comes back as the document
//! of messages: a code, the place, what is wrong, what to do. Status 422; 413 for what is too large, 404 for what is not there.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use meetlat::document::Kind;
use meetlat::folder::{Folder, PassedOver, Unloaded};
use meetlat::{Date, Diagnostics, Language, Limits, Report, Stop, Versions};
use serde::Deserialize;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// What a request asks beside its path and body.
#[derive(Deserialize)]
struct Asked {
    taal: Option<String>,
    peildatum: Option<String>,
}

/// The service. Each meetlat stands under its name.
pub struct Service {
    folder: Folder,
    limits: Limits,
    /// How long a request may take.
    patience: Duration,
    /// Replaced as a whole, never changed: whoever holds one goes on with it.
    rules: RwLock<Arc<Vec<Versions>>>,
    /// Judging takes a processor; more at a time than there are would only make all of them slower.
    turns: Arc<Semaphore>,
}

impl Service {
    /// Reads the rules in a folder; and what was passed over there.
    ///
    /// # Errors
    /// When they cannot be read, or have errors.
    pub fn open(
        folder: impl Into<PathBuf>,
        limits: Limits,
        patience: Duration,
    ) -> Result<(Arc<Self>, Vec<PassedOver>), Unloaded> {
        let folder = Folder::new(folder);
        let loaded = folder.load(&limits)?;
        let rules = RwLock::new(Arc::new(loaded.versions));
        let turns = Arc::new(Semaphore::new(meetlat::batch::all_threads().get()));
        Ok((Arc::new(Self { folder, limits, patience, rules, turns }), loaded.passed_over))
    }

    /// The rules as they are now.
    pub fn rules(&self) -> Arc<Vec<Versions>> {
        Arc::clone(&self.rules.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the folder again, for requests from now on; and what was passed over. Those at work keep the rules they began with.
    ///
    /// # Errors
    /// As [`Service::open`]; then the rules stay as they were.
    pub fn reload(&self) -> Result<Vec<PassedOver>, Unloaded> {
        let loaded = self.folder.load(&self.limits)?;
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(loaded.versions);
        Ok(loaded.passed_over)
    }

    /// All paths.
    pub fn router(self: Arc<Self>) -> Router {
        Router::new()
            .route("/{meetlat}/{document}", post(ask))
            // For whoever keeps the rules; how it is closed to others is the host's affair.
            .route("/herlaad", post(reload))
            // More is not even received.
            .layer(DefaultBodyLimit::max(self.limits.proposal_bytes))
            .with_state(self)
    }
}

async fn ask(
    State(service): State<Arc<Service>>,
    Path((name, document)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let language = language(&asked, &headers);
    let refuse = |status, code, nl: &str, en: &str| {
        json(status, Report::of_host(code, language.pick(nl, en).to_owned(), None).to_json())
    };
    let body = match body {
        Ok(body) => body,
        Err(error) => {
            return refuse(error.status(), "B0101", "het voorstel is te groot", "the proposal is too large");
        }
    };
    let day = match asked.peildatum.as_deref().map(Date::from_iso) {
        Some(None) => {
            return refuse(
                StatusCode::BAD_REQUEST,
                "B0102",
                "schrijf de peildatum als 2024-05-01",
                "write the reference date as 2024-05-01",
            );
        }
        day => day.flatten(),
    };
    let rules = service.rules();
    let versions = rules.iter().find(|versions| versions.name() == name);
    let (Some(versions), Some(kind)) = (versions, Kind::named(&document)) else {
        return refuse(
            StatusCode::NOT_FOUND,
            "B0103",
            "er is geen meetlat of vraag met die naam",
            "there is no meetlat or question of that name",
        );
    };

    // When the client goes away this future is dropped, and `gone` with it.
    let gone = Gone::default();
    let (has_gone, deadline) = (Arc::clone(&gone.0), Instant::now() + service.patience);
    let stop = Stop::when(move || has_gone.load(Ordering::Relaxed) || Instant::now() >= deadline);
    let versions = versions.with_limits(&Limits { stop: Some(stop), ..service.limits.clone() });

    let Ok(turn) = Arc::clone(&service.turns).acquire_owned().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let work = spawn_blocking(move || {
        let _turn = turn;
        answer(&versions, kind, &body, day, language)
    });
    match work.await {
        Ok(Ok(Some(document))) => json(StatusCode::OK, document),
        Ok(Ok(None)) => refuse(
            StatusCode::NOT_FOUND,
            "B0103",
            "daar is hier niet naar te vragen",
            "that cannot be asked here",
        ),
        Ok(Err(found)) => {
            let too_much = found.iter().any(|one| one.code.as_str().starts_with('G'));
            let status =
                if too_much { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
            json(status, Report::new(&found, language).to_json())
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The document that was asked for; none where a proposal has no such document.
fn answer(
    versions: &Versions,
    kind: Kind,
    json: &[u8],
    day: Option<Date>,
    language: Language,
) -> Result<Option<String>, Diagnostics> {
    let (meetlat, proposal) = versions.read_bytes("voorstel.json", json, day)?;
    let meetlat = meetlat.in_language(language);
    Ok(Some(match kind {
        Kind::Verdict => meetlat.evaluate(&proposal)?.to_json_line(),
        Kind::Next => meetlat.next(&proposal)?.to_json(),
        Kind::Improvement => meetlat.improve(&proposal)?.to_json(),
        Kind::Why => meetlat.why(&proposal)?.to_json(),
        Kind::Firmness => meetlat.firmness(&proposal)?.to_json(),
        _ => return Ok(None),
    }))
}

async fn reload(
    State(service): State<Arc<Service>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let language = language(&asked, &headers);
    match spawn_blocking(move || service.reload()).await {
        Ok(Ok(passed_over)) => passed_over
            .iter()
            .map(|one| format!("{}\n", one.message().get(language)))
            .collect::<String>()
            .into_response(),
        Ok(Err(unloaded)) => json(StatusCode::UNPROCESSABLE_ENTITY, unloaded.report(language).to_json()),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Set when it is dropped.
#[derive(Default)]
struct Gone(Arc<AtomicBool>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What the query says; else the first language of the header that there is; else Dutch.
fn language(asked: &Asked, headers: &HeaderMap) -> Language {
    let accepted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut all = asked.taal.as_deref().into_iter().chain(accepted.split(','));
    let known = |tag: &str| match tag.trim().get(..2)? {
        "nl" => Some(Language::Nl),
        "en" => Some(Language::En),
        _ => None,
    };
    all.find_map(known).unwrap_or_default()
}

fn json(status: StatusCode, document: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], document).into_response()
}
