//! What is written down while one works: the draft of the open group, and the history of what was sent.

use std::collections::HashMap;

use super::clock;
use super::files::drafts::{DraftKey, Drafts, Found, SavedDraft};
use super::files::history::{Entry, History, Outcome, OutcomeKind, Sending};
use super::files::lock::{Holder, Lock, LockError};
use super::files::{Paths, without_credentials};
use crate::app::effect::{CreateRequest, Settled};
use crate::app::event::{Answer, Connected, DraftFile, Reply, Unsettled};
use crate::domain::{Certainty, Draft, Group, GroupId, Identity, Timestamp};

/// Stands for the account where nobody could tell which it is.
const UNKNOWN_ACCOUNT: &str = "unknown";

/// Drafts and history on disk, or nothing at all for a journal that keeps none.
#[derive(Debug)]
pub struct Journal {
    clock: fn() -> Timestamp,
    files: Option<(Drafts, History)>,
    /// Why there are no files.
    reason: Option<String>,
    connected: Connected,
    identity: Option<Identity>,
    /// The drafts that this program may write, each with its lock.
    locks: HashMap<GroupId, (DraftKey, Lock)>,
    /// Which account a group belongs to, as its ARN says.
    accounts: HashMap<GroupId, String>,
    /// The client token of the last request, whose outcome may still be looked for.
    last_sent: Option<String>,
}

impl Default for Journal {
    fn default() -> Self {
        Self {
            clock: clock::now,
            files: None,
            reason: None,
            connected: Connected::default(),
            identity: None,
            locks: HashMap::new(),
            accounts: HashMap::new(),
            last_sent: None,
        }
    }
}

impl Journal {
    /// Keeps drafts and history where `paths` says.
    pub fn at(paths: &Paths) -> Self {
        match paths.prepare() {
            Ok(()) => Self {
                files: Some((
                    Drafts::in_folder(paths.drafts_folder()),
                    History::at(paths.history_file()),
                )),
                ..Self::default()
            },
            Err(error) => Self {
                reason: Some(error.to_string()),
                ..Self::default()
            },
        }
    }

    /// Keeps nothing, and says nothing of it: for rehearsals in memory.
    pub fn nowhere() -> Self {
        Self::default()
    }

    /// Keeps nothing, for this reason.
    pub fn without(reason: String) -> Self {
        Self {
            reason: Some(reason),
            ..Self::default()
        }
    }

    /// Dates what is written by `clock`, for rehearsals in a time of their own.
    #[must_use]
    pub fn dated_by(self, clock: fn() -> Timestamp) -> Self {
        Self { clock, ..self }
    }

    /// Drafts and history belong to this connection from now on. One that leads to the same place
    /// leaves the drafts their locks: what is changed before they are opened again is saved, too.
    pub fn connected(&mut self, connected: &Connected) {
        let place = |connected: &Connected| {
            let Connected {
                profile,
                region,
                endpoint,
                ..
            } = connected.clone();
            (profile, region, endpoint)
        };
        if place(&self.connected) != place(connected) {
            self.locks.clear();
        }
        self.connected = connected.clone();
        self.identity = None;
    }

    /// Notes who one is, and whose the groups are.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "no other answer names an account"
    )]
    pub fn replied(&mut self, reply: &Reply) {
        match &reply.answer {
            Answer::Identity(Ok(identity)) => self.identity.clone_from(identity),
            Answer::Groups(Ok(page)) => {
                for group in &page.items {
                    self.note_account(group);
                }
            }
            Answer::Group(Ok(group)) => self.note_account(group),
            _ => {}
        }
    }

    fn note_account(&mut self, group: &Group) {
        if let Some(account) = group.account() {
            self.accounts.insert(group.id.clone(), account.to_owned());
        }
    }

    /// Takes the lock of a group's draft and looks for one that was left.
    pub fn open_draft(&mut self, group: &GroupId) -> DraftFile {
        let Some((drafts, _)) = &self.files else {
            return self
                .reason
                .clone()
                .map_or(DraftFile::None, DraftFile::Unavailable);
        };
        let key = self.key(group);
        let holder = Holder {
            process_id: clock::process_id(),
            since: (self.clock)(),
        };
        let is_held = self.locks.get(group).is_some_and(|(held, _)| *held == key);
        if !is_held {
            self.locks.remove(group);
            match drafts.lock(&key, &holder) {
                Ok(lock) => drop(self.locks.insert(group.clone(), (key.clone(), lock))),
                Err(LockError::Held(holder)) => {
                    return DraftFile::Locked {
                        holder: LockError::Held(holder).to_string(),
                    };
                }
                Err(LockError::File(error)) => return DraftFile::Unavailable(error.to_string()),
            }
        }
        match drafts.load(&key, (self.clock)()) {
            Ok(Found::Nothing) => DraftFile::None,
            Ok(Found::Draft(saved)) => DraftFile::Found {
                draft: Box::new(saved.draft),
                saved: saved.saved,
            },
            Ok(Found::Damaged(aside)) => DraftFile::Damaged {
                reason: aside.to_string(),
                put_aside: aside.now,
            },
            Err(error) => DraftFile::Unavailable(error.to_string()),
        }
    }

    /// Saves the draft, where this program holds its lock.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<(), String> {
        let Some((drafts, _)) = &self.files else {
            return Ok(());
        };
        let Some((key, _)) = self.locks.get(draft.group()) else {
            return Ok(());
        };
        let saved = SavedDraft {
            key: key.clone(),
            saved: (self.clock)(),
            draft: draft.clone(),
        };
        drafts.save(&saved).map_err(|error| error.to_string())
    }

    /// Removes a draft whose version was created; its lock stays.
    pub fn remove_draft(&mut self, group: &GroupId) {
        if let (Some((drafts, _)), Some((key, _))) = (&self.files, self.locks.get(group))
            && let Err(error) = drafts.remove(key)
        {
            tracing::warn!(%error, "the draft of a created version could not be removed");
        }
    }

    /// Lets another program have the group.
    pub fn close_draft(&mut self, group: &GroupId) {
        self.locks.remove(group);
    }

    /// The last request to this group, where nobody knows what became of it.
    pub fn unsettled(&self, group: &GroupId) -> Option<Unsettled> {
        let (_, history) = self.files.as_ref()?;
        let unsettled = history.unsettled().inspect_err(|error| {
            tracing::warn!(%error, "the history could not be read");
        });
        let endpoint = self.connected.endpoint.as_deref().map(without_credentials);
        let of_group = unsettled.ok()?.into_iter().find(|sending| {
            sending.group == *group
                && sending.region == self.connected.region
                && sending.endpoint == endpoint
        })?;
        Some(Unsettled {
            sent: of_group.at,
            slots: of_group.new,
        })
    }

    /// Writes down what is about to be sent; with what is to follow it, why it could not be written.
    pub fn before_create(
        &mut self,
        create: &CreateRequest,
        client_token: &str,
    ) -> (CreateEntry, Result<(), String>) {
        self.last_sent = Some(client_token.to_owned());
        let entry = Entry::Sending(Box::new(Sending {
            at: (self.clock)(),
            caller: self.identity.as_ref().map(|identity| identity.arn.clone()),
            region: self.connected.region.clone(),
            endpoint: self.connected.endpoint.clone(),
            group: create.request.group.clone(),
            base: create.base_version.clone(),
            old: create.old_slots.clone(),
            new: create.request.slots.clone(),
            client_token: client_token.to_owned(),
        }));
        let history = self.files.as_ref().map(|(_, history)| history.clone());
        let written = append(history.as_ref(), &entry);
        let entry = CreateEntry {
            clock: self.clock,
            history,
            client_token: client_token.to_owned(),
        };
        (entry, written)
    }

    /// Writes down what an outcome that was unknown turned out to be; one may look again, and find more.
    pub fn settle(&self, settled: &Settled) -> Result<(), String> {
        let Some(client_token) = self.last_sent.clone() else {
            return Ok(());
        };
        let result = match settled {
            Settled::Created(version) => OutcomeKind::Created {
                version: Some(version.to_string()),
                arn: None,
            },
            // The service may have been at work for longer than was looked.
            Settled::NotFound => OutcomeKind::Unknown {
                message: "no such version was found afterwards".to_owned(),
            },
        };
        let outcome = Outcome {
            at: (self.clock)(),
            client_token,
            request_id: None,
            result,
        };
        append(
            self.files.as_ref().map(|(_, history)| history),
            &Entry::Outcome(Box::new(outcome)),
        )
    }

    fn key(&self, group: &GroupId) -> DraftKey {
        let account = match (self.accounts.get(group), &self.identity) {
            (Some(account), _) => account.as_str(),
            (None, Some(identity)) => identity.account.as_str(),
            (None, None) if self.connected.is_sandbox => "sandbox",
            (None, None) => UNKNOWN_ACCOUNT,
        };
        DraftKey::new(
            account,
            &self.connected.region,
            self.connected.endpoint.as_deref(),
            group.clone(),
        )
    }
}

/// The line of a request that is under way, to be followed by that of its outcome.
#[derive(Debug)]
pub struct CreateEntry {
    clock: fn() -> Timestamp,
    history: Option<History>,
    client_token: String,
}

impl CreateEntry {
    /// Writes down what came of the request.
    pub fn after_create(self, reply: &Reply) -> Result<(), String> {
        let Answer::Create(answer) = &reply.answer else {
            return Ok(());
        };
        let (request_id, result) = match answer {
            Ok(created) => (
                created.request_id.clone(),
                OutcomeKind::Created {
                    version: created.version.clone(),
                    arn: created.arn.clone(),
                },
            ),
            Err(error) => {
                let message = error.to_string();
                let kind = match error.certainty {
                    Certainty::NotExecuted => OutcomeKind::Failed { message },
                    Certainty::Unknown => OutcomeKind::Unknown { message },
                };
                (error.request_id.clone(), kind)
            }
        };
        let outcome = Outcome {
            at: (self.clock)(),
            client_token: self.client_token,
            request_id,
            result,
        };
        append(self.history.as_ref(), &Entry::Outcome(Box::new(outcome)))
    }
}

fn append(history: Option<&History>, entry: &Entry) -> Result<(), String> {
    let Some(history) = history else {
        return Ok(());
    };
    history.append(entry).map_err(|error| {
        tracing::error!(%error, "the history could not be written");
        error.to_string()
    })
}
