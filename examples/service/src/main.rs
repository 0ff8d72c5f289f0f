//! `cargo run --manifest-path examples/service/Cargo.toml -- tests/cases/klein`, and then:
//!
//! ```sh
//! curl --data @tests/cases/klein/voorstel.json 'localhost:8080/klein/oordeel?taal=en'
//! ```

use std::process::ExitCode;
use std::time::Duration;

use meetlat::{Language, Limits};
use service::Service;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "rules".to_owned());
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    match run(folder, &address).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(folder: String, address: &str) -> Result<(), Box<dyn std::error::Error>> {
    let (service, passed_over) = Service::open(folder, Limits::default(), Duration::from_secs(5))?;
    for one in passed_over {
        eprintln!("{}", one.message().get(Language::En));
    }
    axum::serve(TcpListener::bind(address).await?, service.router()).await?;
    Ok(())
}
