//! The files of a session: the draft of the open group, and the journal of sent requests.

use std::collections::HashMap;

use super::change::{ChangeRequest, RequestOutcome};
use super::clock;
use super::files::Paths;
use super::files::drafts::{DraftKey, Drafts, Found, SavedDraft};
use super::files::history::{
    DefinitionChange, DeploymentChange, Entry, History, OutcomeKind, RecordedOutcome,
    RecordedRequest, SlotsChange,
};
use super::files::lock::{Holder, Lock, LockError};
use crate::app::event::{Connected, DraftFile, LeftDraft, UnconfirmedCreate};
use crate::domain::endpoint::without_secrets;
use crate::domain::{Draft, GroupId, GroupVersionId, Timestamp};

/// The account of a draft whose account is unknown.
const UNKNOWN_ACCOUNT: &str = "unknown";

/// Drafts and history on disk, or a journal without files.
#[derive(Debug)]
pub struct Journal {
    clock: fn() -> Timestamp,
    /// The files, or the reason to report for their absence.
    files: Result<(Drafts, History), Option<String>>,
    connected: Connected,
    /// The drafts of this program, each with its lock.
    locks: HashMap<GroupId, (DraftKey, Lock)>,
    /// The client token of each group's last request, whose outcome may still be searched for.
    last_sent: HashMap<GroupId, String>,
}

impl Journal {
    fn new(files: Result<(Drafts, History), Option<String>>) -> Self {
        Self {
            clock: clock::now,
            files,
            connected: Connected::default(),
            locks: HashMap::new(),
            last_sent: HashMap::new(),
        }
    }

    /// Keeps drafts and history in the files of `paths`.
    pub fn at(paths: &Paths) -> Self {
        if let Err(error) = paths.prepare() {
            return Self::without(error.to_string());
        }
        let drafts = Drafts::in_folder(paths.drafts_folder());
        Self::new(Ok((drafts, History::at(paths.history_file()))))
    }

    /// Keeps nothing and does not report it: for rehearsals in memory.
    pub fn nowhere() -> Self {
        Self::new(Err(None))
    }

    /// Keeps nothing, with the reason for it.
    pub fn without(reason: String) -> Self {
        Self::new(Err(Some(reason)))
    }

    /// Uses `clock` for dates, for rehearsals with their own time.
    #[must_use]
    pub fn dated_by(self, clock: fn() -> Timestamp) -> Self {
        Self { clock, ..self }
    }

    /// Uses this connection for drafts and history. If its target is unchanged, the drafts keep their locks.
    /// Changes made before they are opened again are then saved too.
    pub fn connected(&mut self, connected: &Connected) {
        let old = &self.connected;
        let is_unchanged = (&old.profile, &old.region, &old.endpoint)
            == (&connected.profile, &connected.region, &connected.endpoint);
        if !is_unchanged {
            self.locks.clear();
        }
        self.connected = connected.clone();
    }

    /// The drafts of earlier runs for groups of this region and endpoint, of any account.
    pub fn left_drafts(&self) -> Vec<LeftDraft> {
        let (region, endpoint) = (&self.connected.region, self.kept_endpoint());
        let drafts = self.files.iter().flat_map(|(drafts, _)| drafts.all());
        let here = drafts.filter(|saved| {
            saved.key.region == *region && saved.key.endpoint == endpoint && saved.draft.is_begun()
        });
        here.map(|saved| LeftDraft {
            group: saved.draft.group().clone(),
            changed: saved.draft.begun_kinds().count(),
            saved: saved.saved,
        })
        .collect()
    }

    /// Takes the lock of a group's draft and loads the draft, if any; `account` owns the group.
    pub fn open_draft(&mut self, group: &GroupId, account: Option<&str>) -> DraftFile {
        let drafts = match &self.files {
            Ok((drafts, _)) => drafts,
            Err(None) => return DraftFile::None,
            Err(Some(reason)) => return DraftFile::Unavailable(reason.clone()),
        };
        let key = match (account, self.locks.get(group)) {
            // The account was known when the file was opened.
            (None, Some((held, _))) => held.clone(),
            _ => self.kept_key(drafts, group, account),
        };
        let holder = Holder {
            process_id: std::process::id(),
            since: (self.clock)(),
        };
        let is_held = self.locks.get(group).is_some_and(|(held, _)| *held == key);
        if !is_held {
            self.locks.remove(group);
            match drafts.lock(&key, &holder) {
                Ok(lock) => drop(self.locks.insert(group.clone(), (key.clone(), lock))),
                Err(error @ LockError::Held(_)) => {
                    let holder = error.to_string();
                    return DraftFile::Locked { holder };
                }
                Err(error @ LockError::File(_)) => {
                    return DraftFile::Unavailable(error.to_string());
                }
            }
        }
        match drafts.load(&key, (self.clock)()) {
            Ok(Found::Nothing) => DraftFile::None,
            Ok(Found::Draft(saved)) => DraftFile::Found {
                draft: Box::new(saved.draft),
                saved: saved.saved,
            },
            Ok(Found::Damaged(aside)) => {
                // The reason may quote a value of the content, such as a variable.
                tracing::warn!(file = %aside.now.display(), "a draft is damaged");
                DraftFile::Damaged(aside.now)
            }
            Err(error) => DraftFile::Unavailable(error.to_string()),
        }
    }

    /// Saves the draft if this program has its lock.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<(), String> {
        let (Ok((drafts, _)), Some((key, _))) = (&self.files, self.locks.get(draft.group())) else {
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
        if let (Ok((drafts, _)), Some((key, _))) = (&self.files, self.locks.get(group))
            && let Err(error) = drafts.remove(key)
        {
            tracing::warn!(%error, "the draft of a created version could not be removed");
        }
    }

    /// Releases the group for other programs.
    pub fn close_draft(&mut self, group: &GroupId) {
        self.locks.remove(group);
    }

    /// The endpoint as it is in the files: without secrets.
    fn kept_endpoint(&self) -> Option<String> {
        self.connected.endpoint.as_deref().map(without_secrets)
    }

    /// The last request to this group, if its outcome is unknown.
    pub fn unsettled(&self, group: &GroupId) -> Option<UnconfirmedCreate> {
        let (_, history) = self.files.as_ref().ok()?;
        let unsettled = history.unsettled().inspect_err(|error| {
            tracing::warn!(%error, "the history could not be read");
        });
        let endpoint = self.kept_endpoint();
        let of_group = unsettled.ok()?.into_iter().find(|sending| {
            sending.group == *group
                && sending.region == self.connected.region
                && sending.endpoint == endpoint
        })?;
        Some(UnconfirmedCreate {
            sent: of_group.at,
            slots: of_group.change.new,
        })
    }

    /// Writes the line of a request before it is sent.
    pub fn record_sending(
        &mut self,
        request: &ChangeRequest,
        client_token: &str,
    ) -> Result<(), String> {
        let entry = match request {
            ChangeRequest::Create(create) => {
                let group = request.group().clone();
                self.last_sent.insert(group, client_token.to_owned());
                let change = SlotsChange {
                    base: create.base_version.clone(),
                    old: create.old_slots.clone(),
                    new: create.create.slots.clone(),
                };
                Entry::Sending(Box::new(self.recorded(request, client_token, change)))
            }
            ChangeRequest::Define(define) => {
                let change = DefinitionChange {
                    operation: define.create.operation(),
                    target: define.create.target.clone(),
                    content_sha256: define.create.content_hash(),
                };
                Entry::Defining(Box::new(self.recorded(request, client_token, change)))
            }
            ChangeRequest::Deploy(deploy) => {
                let change = DeploymentChange {
                    operation: deploy.deployment.operation().to_owned(),
                    request: deploy.deployment.body(),
                };
                Entry::Deploying(Box::new(self.recorded(request, client_token, change)))
            }
        };
        self.append(&entry)
    }

    fn recorded<Change>(
        &self,
        request: &ChangeRequest,
        client_token: &str,
        change: Change,
    ) -> RecordedRequest<Change> {
        RecordedRequest {
            at: (self.clock)(),
            caller: request.caller().map(str::to_owned),
            region: self.connected.region.clone(),
            endpoint: self.connected.endpoint.clone(),
            group: request.group().clone(),
            change,
            client_token: client_token.to_owned(),
        }
    }

    /// Writes the line with the outcome of a request.
    pub fn record_outcome(
        &self,
        client_token: String,
        (request_id, result): RequestOutcome,
    ) -> Result<(), String> {
        self.append(&Entry::Outcome(Box::new(RecordedOutcome {
            at: (self.clock)(),
            client_token,
            request_id,
            result,
        })))
    }

    /// Writes the result of the search for an unknown outcome; a later search may find more.
    pub fn record_probe(
        &self,
        group: &GroupId,
        found: Option<&GroupVersionId>,
    ) -> Result<(), String> {
        let Some(client_token) = self.last_sent.get(group).cloned() else {
            return Ok(());
        };
        let result = match found {
            Some(version) => OutcomeKind::Created {
                version: Some(version.to_string()),
                arn: None,
            },
            // The service may take longer than the search did.
            None => OutcomeKind::Unknown {
                message: "no such version was found afterwards".to_owned(),
            },
        };
        self.record_outcome(client_token, (None, result))
    }

    fn append(&self, entry: &Entry) -> Result<(), String> {
        let Ok((_, history)) = &self.files else {
            return Ok(());
        };
        history.append(entry).map_err(|error| {
            tracing::error!(%error, "the history could not be written");
            error.to_string()
        })
    }

    /// The key of the last saved draft. It also matches if the account was or is unknown, because a group's
    /// id is unique.
    fn kept_key(&self, drafts: &Drafts, group: &GroupId, account: Option<&str>) -> DraftKey {
        let key = self.key(group, account);
        let is_own = |other: &DraftKey| {
            let accounts = [&other.account, &key.account];
            let is_unknown = accounts.iter().any(|account| *account == UNKNOWN_ACCOUNT);
            other.names_same_group(&key) && is_unknown || *other == key
        };
        let own = drafts.all().filter(|saved| is_own(&saved.key));
        own.max_by_key(|saved| saved.saved)
            .map_or_else(|| key.clone(), |saved| saved.key)
    }

    fn key(&self, group: &GroupId, account: Option<&str>) -> DraftKey {
        DraftKey::new(
            account.unwrap_or(UNKNOWN_ACCOUNT),
            &self.connected.region,
            self.connected.endpoint.as_deref(),
            group.clone(),
        )
    }
}
