//! What a rule is: a static value with its page and a function. Does not depend on Git, a hook or a terminal.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::backlog::BacklogChange;
use crate::change::diff::TreeDiff;
use crate::change::history::HistoryView;
use crate::change::sections::{self, SectionChanges};
use crate::change::snapshot::Snapshot;
use crate::change::{Change, Stray};
use crate::citations::CitationChanges;
use crate::document::Document;
use crate::policy::{Policy, RuleName, Weakening};
use crate::repo::{Difference, ObjectError, ObjectId, RepoPath};
use crate::report::{
    ContentDigest, EditClass, Finding, Fingerprint, Help, Label, Level, Origin, Problem, State,
    WhichSide,
};
use crate::text::{Source, Span};
use crate::waiver::{ReasonFault, Waiver, WaiverFile};

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, in kebab-case, naming the offence. Stable for ever.
    pub id: &'static str,
    /// One line for listings.
    pub summary: &'static str,
    /// Its page: the definition, in Markdown.
    pub page: &'static str,
    /// The version that introduced it.
    pub since: &'static str,
    /// Its level when the policy sets none.
    pub level: Level,
    /// What it looks at.
    pub check: Check,
}

impl Rule {
    /// Its name and level, which is all that a policy or a waiver needs to know of it.
    #[must_use]
    pub fn name(&self) -> RuleName {
        RuleName {
            id: self.id,
            level: self.level,
        }
    }

    /// True when it looks at the moves of refs, not at content.
    #[must_use]
    pub fn looks_at_refs(&self) -> bool {
        matches!(self.check, Check::Ref(_))
    }

    /// True when its findings depend on the message of a commit.
    #[must_use]
    pub fn needs_message(&self) -> bool {
        matches!(self.check, Check::Message(_))
    }

    /// True when a waiver can lift its findings. A faulty waiver is mended instead, and the move of a ref is not content that
    /// a waiver could be bound to.
    #[must_use]
    pub fn is_waivable(&self) -> bool {
        !self.looks_at_refs() && !matches!(self.check, Check::Waiver(_))
    }
}

/// The function of a rule, by what it looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// One changed document.
    Change(fn(&Change, &RuleContext<'_>, &mut Findings<'_>) -> Result<(), ObjectError>),
    /// A step as a whole.
    Step(fn(&RuleContext<'_>, &mut Findings<'_>) -> Result<(), ObjectError>),
    /// A step as a whole, with the subject lines of its commits where they are known. A commit that is being made is asked
    /// about twice: before there is a message, and with it.
    Message(fn(&RuleContext<'_>, &mut Findings<'_>) -> Result<(), ObjectError>),
    /// The move of a ref.
    Ref(fn(&RefMove, &mut Findings<'_>)),
    /// A waiver that a step added, once everything was judged that the waiver could lift.
    Waiver(fn(&AddedWaiver<'_>, &mut Findings<'_>)),
}

/// Everything a rule may look at in one step.
#[derive(Debug)]
pub struct RuleContext<'a> {
    /// The policy of the before side.
    pub policy: &'a Policy,
    /// Every changed document, sorted by path.
    pub changes: &'a [Change],
    /// Files that the step added near documents, named so that they are none.
    pub strays: &'a [Stray],
    /// Every watched path that differs, whether it is a document or not, sorted. For code ask [`RuleContext::code`].
    pub files: &'a [Difference],
    /// Finds which other paths differ.
    pub diff: &'a TreeDiff<'a>,
    /// The subject lines of the step's commits, where they are known.
    pub subjects: Option<&'a [String]>,
    /// All documents of the before side; `None` when there is no before side.
    pub before: Option<&'a Snapshot<'a>>,
    /// All documents of the after side.
    pub after: &'a Snapshot<'a>,
    /// All documents at the tip of the protected branch, where that is neither side.
    pub published: Option<&'a Snapshot<'a>>,
    /// What the step does to the policy itself, when it changes it.
    pub policy_change: Option<&'a PolicyChange>,
    /// What was published before.
    pub history: &'a HistoryView<'a>,
    /// What was worked out so far; begins empty.
    pub computed: Computed,
}

/// What a [`RuleContext`] works out when a rule first asks for it.
#[derive(Debug, Default)]
pub struct Computed {
    /// For [`RuleContext::code`].
    code: OnceCell<Vec<Difference>>,
    /// For [`RuleContext::sections`].
    sections: OnceCell<SectionChanges>,
    /// For [`RuleContext::backlog`].
    pub backlog: OnceCell<Option<BacklogChange>>,
    /// For [`RuleContext::citations`].
    pub citations: OnceCell<Option<CitationChanges>>,
}

impl RuleContext<'_> {
    /// The code that differs, sorted by path. Looked at once, when a rule asks.
    pub fn code(&self) -> Result<&[Difference], ObjectError> {
        if let Some(code) = self.computed.code.get() {
            return Ok(code);
        }
        let compared = self.diff.between(&self.policy.trace.code)?;
        let code = self.diff.left_over(&compared)?.into_owned();
        Ok(self.computed.code.get_or_init(|| code))
    }

    /// Whether the repository keeps records at all: some document stands on either side. Where none does, nothing is asked
    /// of its code and tests.
    pub fn is_enrolled(&self) -> Result<bool, ObjectError> {
        let before = self.before.map_or(Ok(false), Snapshot::has_documents)?;
        Ok(before || self.after.has_documents()?)
    }

    /// The backlog of both sides; `None` when the step does not change it.
    pub fn backlog(&self) -> Result<Option<&BacklogChange>, ObjectError> {
        if let Some(change) = self.computed.backlog.get() {
            return Ok(change.as_ref());
        }
        let backlog = self.policy.backlog.as_ref();
        let change = backlog
            .map(|backlog| BacklogChange::read(backlog, self.files, self.before, self.after))
            .transpose()?;
        Ok(self
            .computed
            .backlog
            .get_or_init(|| change.flatten())
            .as_ref())
    }

    /// What the step does to the citations of sections. `None` where there is nothing to judge: no before side, a policy
    /// without tests, no document with sections on either side.
    pub fn citations(&self) -> Result<Option<&CitationChanges>, ObjectError> {
        if let Some(citations) = self.computed.citations.get() {
            return Ok(citations.as_ref());
        }
        let has_specs = |snapshot: &Snapshot<'_>| {
            Ok(snapshot
                .names()?
                .iter()
                .any(|name| name.kind.sections.is_some()))
        };
        let citations = match self.before {
            Some(before) if has_specs(before)? || has_specs(self.after)? => {
                CitationChanges::read(self.policy, self.files, self.before, self.after)?
            }
            _ => None,
        };
        Ok(self.computed.citations.get_or_init(|| citations).as_ref())
    }

    /// What became of the section IDs. Without a before side nothing did.
    pub fn sections(&self) -> Result<&SectionChanges, ObjectError> {
        if let Some(changes) = self.computed.sections.get() {
            return Ok(changes);
        }
        let changes = match self.before {
            Some(_) => sections::section_changes(self.after, self.changes, self.policy.similarity)?,
            None => SectionChanges::default(),
        };
        Ok(self.computed.sections.get_or_init(|| changes))
    }
}

/// A change of the policy file.
#[derive(Debug)]
pub struct PolicyChange {
    /// The policy file.
    pub path: RepoPath,
    /// What became weaker, sorted by place.
    pub weakenings: Vec<Weakening>,
    /// The file before and after, where it was and is there.
    pub before: Option<Arc<Source>>,
    /// The file after.
    pub after: Option<Arc<Source>>,
}

/// The move of a ref, as a push asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefMove {
    /// Its full name. Foreign text.
    pub name: RepoPath,
    /// Its place; `None` when it is new.
    pub before: Option<ObjectId>,
    /// Where it is to go; `None` when it is to be deleted.
    pub after: Option<ObjectId>,
    /// True when the policy protects it.
    pub protected: bool,
}

/// A waiver that a step added, and what became of it.
#[derive(Debug, Clone, Copy)]
pub struct AddedWaiver<'a> {
    /// The file it is in.
    pub file: &'a WaiverFile,
    /// The waiver.
    pub waiver: &'a Waiver,
    /// What became of it.
    pub outcome: WaiverOutcome,
}

/// What became of a waiver in what was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaiverOutcome {
    /// It names a finding, or is a link of a chain that does.
    Used,
    /// It names nothing that was found.
    Unused,
    /// What it names may not show in what was judged: it lies further back, as in the baseline of an audit, or in a message
    /// that is not written yet.
    NotShown,
    /// It gives no reason, so it waives nothing.
    BadReason(ReasonFault),
}

/// Collects the findings of a rule. Knows the rule, its level and the step, so that a rule adds only what is its own.
#[derive(Debug)]
pub struct Findings<'a> {
    rule: &'static str,
    level: Level,
    origin: &'a Origin,
    found: &'a mut RuleOutput,
}

/// What the rules say of one step.
#[derive(Debug, Default)]
pub struct RuleOutput {
    /// Their findings.
    pub findings: Vec<Finding>,
    /// What they came across that is odd and no finding.
    pub warnings: Vec<Problem>,
}

impl<'a> Findings<'a> {
    /// Opens the list for one rule at one step.
    pub fn new(
        rule: &'static str,
        level: Level,
        origin: &'a Origin,
        found: &'a mut RuleOutput,
    ) -> Self {
        Self {
            rule,
            level,
            origin,
            found,
        }
    }

    /// The step that is judged.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        self.origin
    }

    /// The level of the rule.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// Adds a warning: something odd that is not a finding and does not change the verdict.
    pub fn warn(&mut self, warning: Problem) {
        self.found.warnings.push(warning);
    }

    /// Adds one finding.
    pub fn add(&mut self, draft: FindingDraft) {
        let level = draft.level.unwrap_or(self.level);
        if level == Level::Allow {
            return;
        }
        let digest = |content: &Option<Vec<u8>>| content.as_deref().map(ContentDigest::of);
        let digests = [digest(&draft.content.0), digest(&draft.content.1)];
        let fingerprint = Fingerprint::of(
            self.rule,
            &draft.subject,
            draft.content.0.as_deref(),
            draft.content.1.as_deref(),
        );
        self.found.findings.push(Finding {
            rule: self.rule,
            level,
            state: State::Live,
            kind: draft.kind,
            subject: draft.subject,
            class: draft.class,
            message: draft.message,
            primary: draft.primary,
            related: draft.related,
            help: draft.help,
            origin: self.origin.clone(),
            fingerprint,
            before: draft.content.0.map(Arc::from),
            digests,
            waivers: Vec::new(),
        });
    }
}

/// A finding as a rule writes it. It cannot be made without a subject, a message and a place.
#[derive(Debug)]
#[must_use]
pub struct FindingDraft {
    subject: String,
    kind: Option<String>,
    class: Option<EditClass>,
    level: Option<Level>,
    message: String,
    primary: Label,
    related: Vec<Label>,
    help: Vec<Help>,
    content: (Option<Vec<u8>>, Option<Vec<u8>>),
}

impl FindingDraft {
    /// Begins a finding about a document; its content is what the fingerprint is made of.
    pub fn for_document(document: &Document, message: impl Into<String>, primary: Label) -> Self {
        let mut draft = Self::new(document.subject(), message, primary);
        draft.kind = Some(document.kind.name.clone());
        draft
    }

    /// Begins a finding about anything else that has a name.
    pub fn new(subject: impl Into<String>, message: impl Into<String>, primary: Label) -> Self {
        Self {
            subject: subject.into(),
            kind: None,
            class: None,
            level: None,
            message: message.into(),
            primary,
            related: Vec::new(),
            help: Vec::new(),
            content: (None, None),
        }
    }

    /// Sets the kind of document it concerns.
    pub fn kind(mut self, kind: &str) -> Self {
        self.kind = Some(kind.to_owned());
        self
    }

    /// Sets the class of edit it concerns.
    pub fn class(mut self, class: EditClass) -> Self {
        self.class = Some(class);
        self
    }

    /// Sets another level than the rule's own.
    pub fn level(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    /// Adds a place that explains it.
    pub fn related(mut self, label: Label) -> Self {
        self.related.push(label);
        self
    }

    /// Adds advice with the command that follows it.
    pub fn help(mut self, text: impl Into<String>, command: impl Into<String>) -> Self {
        self.help.push(Help {
            text: text.into(),
            command: Some(command.into()),
        });
        self
    }

    /// Adds advice that no command follows.
    pub fn advice(mut self, text: impl Into<String>) -> Self {
        self.help.push(Help {
            text: text.into(),
            command: None,
        });
        self
    }

    /// Binds the fingerprint to the content of the document before and after.
    pub fn versions(self, before: Option<&Document>, after: Option<&Document>) -> Self {
        self.content(
            before.and_then(Document::bytes),
            after.and_then(Document::bytes),
        )
    }

    /// The content before and after that the fingerprint binds the finding to.
    pub fn content(mut self, before: Option<&[u8]>, after: Option<&[u8]>) -> Self {
        self.content = (before.map(<[u8]>::to_vec), after.map(<[u8]>::to_vec));
        self
    }
}

/// A place on one side of a document, with a word on it.
#[must_use]
pub fn label(
    side: WhichSide,
    document: &Document,
    span: Option<Span>,
    text: impl Into<String>,
) -> Label {
    let place = document
        .text()
        .zip(span)
        .map(|(read, span)| (Arc::clone(&read.source), span));
    Label {
        side,
        path: document.path.clone(),
        place,
        text: text.into(),
    }
}
