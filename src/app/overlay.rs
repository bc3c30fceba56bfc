//! What lies above a screen for a while: help, texts, lists to choose from, questions.

pub mod account_menu;
pub mod base_history;
pub mod calls;
pub mod help;
pub mod menu;
pub mod pager;
pub mod question;
pub mod rebase_dialog;
pub mod where_used;

use account_menu::AccountMenu;
use base_history::BaseHistory;
use calls::Calls;
use help::Help;
use pager::Pager;
use question::Question;
use rebase_dialog::RebaseDialog;
use where_used::WhereUsed;

use super::view::View;

/// One view above a screen.
#[derive(Debug)]
pub enum Overlay {
    Help(Help),
    Calls(Calls),
    Pager(Box<Pager>),
    BaseHistory(BaseHistory),
    WhereUsed(WhereUsed),
    AccountMenu(AccountMenu),
    Question(Question),
    RebaseDialog(Box<RebaseDialog>),
}

impl Overlay {
    pub fn view(&self) -> &dyn View {
        match self {
            Self::Help(help) => help,
            Self::Calls(calls) => calls,
            Self::Pager(pager) => &**pager,
            Self::BaseHistory(history) => history,
            Self::WhereUsed(where_used) => where_used,
            Self::AccountMenu(menu) => menu,
            Self::Question(question) => question,
            Self::RebaseDialog(dialog) => &**dialog,
        }
    }

    pub fn view_mut(&mut self) -> &mut dyn View {
        match self {
            Self::Help(help) => help,
            Self::Calls(calls) => calls,
            Self::Pager(pager) => &mut **pager,
            Self::BaseHistory(history) => history,
            Self::WhereUsed(where_used) => where_used,
            Self::AccountMenu(menu) => menu,
            Self::Question(question) => question,
            Self::RebaseDialog(dialog) => &mut **dialog,
        }
    }
}
