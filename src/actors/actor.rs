//! An actor: names, kind, offices by date.

use std::borrow::Cow;

use crate::article::Date;

/// Somebody or something that can speak or be spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// ISO 3166-1 alpha-3 in lower case for a country (`pak`), `kind/slug` otherwise; what a
    /// header or workspace declares has the id given there.
    pub id: Cow<'static, str>,
    /// The name shown.
    pub name: Cow<'static, str>,
    /// Other words that refer to it, each with how it refers.
    pub aliases: Vec<Alias>,
    /// What it is.
    pub kind: ActorKind,
    /// A sentence about it; may be empty.
    pub note: Cow<'static, str>,
    /// A person's sex as far as pronouns and titles need it.
    pub sex: Option<Sex>,
    /// The country an outlet or place belongs to, by id.
    pub country: Option<Cow<'static, str>>,
    /// The offices held, in no particular order.
    pub roles: Vec<Role>,
    /// Pages about it: what the link is to (`wikidata`, `website`) and the address or key.
    pub links: Vec<(Cow<'static, str>, Cow<'static, str>)>,
}

impl Actor {
    /// An actor of whom only id, name and kind are known.
    pub(crate) fn new(id: Cow<'static, str>, name: Cow<'static, str>, kind: ActorKind) -> Self {
        Self {
            id,
            name,
            aliases: Vec::new(),
            kind,
            note: Cow::Borrowed(""),
            sex: None,
            country: None,
            roles: Vec::new(),
            links: Vec::new(),
        }
    }
}

impl Actor {
    /// The offices held on `date`. The first and the last day count; an office whose first day is
    /// not known counts from ever, one with no last day has not ended.
    pub fn roles_on(&self, date: Date) -> impl Iterator<Item = &Role> {
        self.roles.iter().filter(move |role| role.is_held_on(date))
    }
}

/// A word or phrase that refers to an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The words.
    pub text: Cow<'static, str>,
    /// How they refer.
    pub reference: Reference,
}

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActorKind {
    /// One human being.
    Person,
    /// A body, firm, party, court, armed force …
    Organisation,
    /// A country or territory, and as a rule its government.
    Country,
    /// A continent, region, city, building …
    Place,
    /// A newspaper, agency, broadcaster, news site.
    Outlet,
    /// People or states taken together.
    Group,
}

impl ActorKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Organisation, Self::Country, Self::Place, Self::Outlet, Self::Group];

    /// The kind as registries and exports write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Country => "country",
            Self::Place => "place",
            Self::Outlet => "outlet",
            Self::Group => "group",
        }
    }

    /// The kind written `text`.
    pub fn from_name(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// How a word refers to an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reference {
    /// A name, full or short: "Pakistan".
    Name,
    /// Initials: "UNGA".
    Acronym,
    /// An adjective: "Pakistani".
    Adjective,
    /// Its people: "Pakistanis".
    People,
    /// The city its government sits in, standing for it: "Islamabad".
    Capital,
    /// A name it, or the state it succeeded, had before: "Burma".
    Former,
}

/// A person's sex, as pronouns and titles tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// "she", "Mrs".
    Female,
    /// "he", "Mr".
    Male,
}

/// An office held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The office: "Prime Minister".
    pub title: Cow<'static, str>,
    /// Of what: an actor's id, or words where it is in no registry.
    pub of: Option<Cow<'static, str>>,
    /// The first day; none when unknown.
    pub from: Option<Date>,
    /// The last day; none when it goes on or is unknown.
    pub to: Option<Date>,
}

impl Role {
    /// Whether the office was held on `date`, its first and last day included.
    pub fn is_held_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}
