//! The session's reads: the requests, their responses, and the contents that are kept.

use super::Session;
use crate::app::effect::{Effect, Request, Timer};
use crate::app::event::Answer;
use crate::app::loader::{AnswerFate, Wanted};
use crate::app::work::Work;
use crate::domain::DefinitionVersionArn;

impl Session {
    /// Requests data again, even if it is loaded. Without a connection nothing is sent.
    pub fn ask_again(&mut self, request: Request) {
        if self.connected().is_none() {
            return;
        }
        self.catalog.asked(&request);
        self.loader.demand(request);
    }

    /// Sends the demanded reads, then the wanted ones, as far as rate and concurrency allow.
    ///
    /// `wanted` begins with the most urgent.
    pub fn load(&mut self, wanted: Vec<Wanted>) {
        self.loader.begin_round(self.now);
        while let Some(request) = self.loader.next_demanded() {
            self.send(request);
        }
        for Wanted(urgency, request) in wanted {
            if self.catalog.is_unasked(&request) && self.loader.admit(urgency, &request) {
                self.send(request);
            }
        }
        if let Some((number, wait)) = self.loader.next_timer() {
            self.start_timer(Timer::ReadDue { number }, wait);
        }
    }

    fn send(&mut self, request: Request) {
        self.catalog.asked(&request);
        self.effect(Effect::Ask {
            epoch: self.loader.epoch(),
            attempt: self.loader.attempt(&request),
            request,
        });
    }

    /// Stores a response; false if it is from an earlier connection, or if the read is repeated.
    pub fn replied(&mut self, epoch: u32, request: &Request, answer: Answer) -> bool {
        let (error, now) = (answer.error(), self.now);
        let fate = self.loader.answered(epoch, request, error, now);
        match fate {
            AnswerFate::Ignored => {}
            AnswerFate::Unasked => self.catalog.unasked(request),
            AnswerFate::Taken => self.catalog.take(request, answer),
        }
        fate == AnswerFate::Taken
    }

    pub fn read_due(&mut self, number: u32) {
        self.loader.timer_elapsed(number);
    }

    pub fn forget(&mut self, request: &Request) {
        self.catalog.forget(request);
    }

    /// Drops the least recently seen contents if they exceed the memory budget.
    pub fn keep_contents_within_budget(&mut self, on_screen: &[DefinitionVersionArn]) {
        let contents = &mut self.catalog.contents;
        contents.saw(on_screen);
        if contents.is_over_budget() {
            let needed = self.work.iter().flat_map(Work::needed_contents);
            let needed = needed.chain(on_screen).cloned().collect();
            contents.keep_budget(&needed);
        }
    }
}
