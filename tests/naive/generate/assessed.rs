//! A random proposal with what assessors answer beside it: some of it equal, some different, some by one alone.

use super::questions::Question;
use super::{Case, Generator, generate_with};

/// Always the same for the same seed.
pub(crate) fn generate_assessed(seed: u64) -> Case {
    generate_with(seed, |g| {
        let (proposal, reference_date) = g.proposal();
        (g.assessed(&proposal), reference_date)
    })
}

impl Generator {
    fn assessed(&mut self, proposal: &str) -> String {
        let own: serde_json::Value = serde_json::from_str(proposal).unwrap();
        let questions = self.questions.clone();
        let contested: Vec<String> = {
            let names: Vec<String> = questions.iter().map(|question| question.name.clone()).collect();
            self.r.some(&names, 0, names.len().min(4))
        };
        // What givers said so far, to be repeated.
        let mut said: Vec<(String, String)> = Vec::new();
        for question in &questions {
            let answer = &own["antwoorden"][&question.name];
            if !answer.is_null() {
                said.push((question.name.clone(), answer.to_string()));
            }
        }
        let mut assessors = Vec::new();
        for at in 0..1 + self.r.below(3) {
            let mut answers = Vec::new();
            for question in &questions {
                let contested = contested.contains(&question.name);
                let answer = self.opinion(question, contested, &said);
                answers.extend(answer.map(|answer| (question.name.clone(), answer)));
            }
            said.extend(answers.iter().cloned());
            let answers: Vec<String> =
                answers.into_iter().map(|(name, answer)| format!("\"{name}\": {answer}")).collect();
            assessors.push(format!(
                "{{\"beoordelaar\": \"B{at}\", \"datum\": \"2020-01-0{}\", \"antwoorden\": {{{}}}}}",
                at + 1,
                answers.join(", ")
            ));
        }
        let mut whole = own;
        if self.r.percent(10) {
            whole.as_object_mut().unwrap().remove("antwoorden");
        }
        let text = whole.to_string();
        let text = text.strip_suffix('}').unwrap();
        format!("{text}, \"beoordelingen\": [{}]}}", assessors.join(", "))
    }

    /// What one assessor says: often nothing, or what another said before.
    fn opinion(&mut self, question: &Question, contested: bool, said: &[(String, String)]) -> Option<String> {
        let before: Vec<&String> =
            said.iter().filter(|(name, _)| *name == question.name).map(|(_, answer)| answer).collect();
        match self.r.below(10) {
            0 | 1 => None,
            2 => self.open(question),
            3 | 4 if !before.is_empty() => Some((*self.r.pick(&before)).clone()),
            _ if contested => Some(self.answered(question, &mut 2)),
            5 if before.is_empty() => Some(self.answered(question, &mut 2)),
            _ => None,
        }
    }
}
