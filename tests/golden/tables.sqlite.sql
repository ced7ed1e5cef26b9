CREATE TABLE aliases (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	entity INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT, 
	FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE
);

CREATE INDEX ix_aliases_entity ON aliases (entity);

CREATE INDEX ix_aliases_name_key ON aliases (name_key);

CREATE TABLE blocks (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_blocks_document ON blocks (document);

CREATE TABLE claim_members (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	claim INTEGER NOT NULL, 
	document INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	record TEXT NOT NULL, 
	role TEXT NOT NULL, 
	way TEXT NOT NULL, 
	who TEXT NOT NULL, 
	name TEXT NOT NULL, 
	act TEXT NOT NULL, 
	entity INTEGER, 
	said_on TEXT, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	pieces TEXT, 
	place INTEGER NOT NULL, 
	FOREIGN KEY(claim) REFERENCES claims (id) ON DELETE CASCADE, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(entity) REFERENCES entities (id)
);

CREATE INDEX ix_claim_members_claim ON claim_members (claim);

CREATE INDEX ix_claim_members_document ON claim_members (document);

CREATE INDEX ix_claim_members_entity ON claim_members (entity);

CREATE INDEX ix_claim_members_key ON claim_members ("key");

CREATE INDEX ix_claim_members_who ON claim_members (who);

CREATE TABLE claims (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	story INTEGER NOT NULL, 
	says TEXT NOT NULL, 
	negative BOOLEAN NOT NULL, 
	standing TEXT NOT NULL, 
	independent INTEGER NOT NULL, 
	actor TEXT, 
	event TEXT, 
	target TEXT, 
	place TEXT, 
	time TEXT, 
	status TEXT, 
	figure TEXT, 
	day TEXT, 
	FOREIGN KEY(story) REFERENCES stories (id) ON DELETE CASCADE
);

CREATE INDEX ix_claims_key ON claims ("key");

CREATE INDEX ix_claims_newest ON claims (day DESC, "key");

CREATE INDEX ix_claims_standing_newest ON claims (standing, day DESC, "key");

CREATE INDEX ix_claims_story ON claims (story);

CREATE TABLE conflicts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	other_key TEXT NOT NULL, 
	story INTEGER NOT NULL, 
	maker TEXT NOT NULL, 
	rule TEXT NOT NULL, 
	a_document INTEGER NOT NULL, 
	a_start INTEGER NOT NULL, 
	a_end INTEGER NOT NULL, 
	a_context_start INTEGER NOT NULL, 
	a_context TEXT NOT NULL, 
	b_document INTEGER NOT NULL, 
	b_start INTEGER NOT NULL, 
	b_end INTEGER NOT NULL, 
	b_context_start INTEGER NOT NULL, 
	b_context TEXT NOT NULL, 
	a_of TEXT NOT NULL, 
	b_of TEXT NOT NULL, 
	a_who TEXT NOT NULL, 
	b_who TEXT NOT NULL, 
	comparable TEXT NOT NULL, 
	day TEXT, 
	FOREIGN KEY(story) REFERENCES stories (id) ON DELETE CASCADE, 
	FOREIGN KEY(a_document) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(b_document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_conflicts_a_document ON conflicts (a_document);

CREATE INDEX ix_conflicts_b_document ON conflicts (b_document);

CREATE INDEX ix_conflicts_day ON conflicts (day);

CREATE INDEX ix_conflicts_key ON conflicts ("key");

CREATE INDEX ix_conflicts_other_key ON conflicts (other_key);

CREATE INDEX ix_conflicts_story ON conflicts (story);

CREATE INDEX ix_conflicts_story_maker ON conflicts (story, maker);

CREATE TABLE copy_bands (
	band BIGINT NOT NULL, 
	document INTEGER NOT NULL, 
	PRIMARY KEY (band, document), 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_copy_bands_document ON copy_bands (document);

CREATE TABLE copy_features (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	words INTEGER NOT NULL, 
	sentences INTEGER NOT NULL, 
	features BLOB NOT NULL, 
	UNIQUE (document), 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_copy_features_document ON copy_features (document);

CREATE TABLE copy_groups (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	origin INTEGER NOT NULL, 
	size INTEGER NOT NULL, 
	FOREIGN KEY(origin) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_copy_groups_key ON copy_groups ("key");

CREATE INDEX ix_copy_groups_origin ON copy_groups (origin);

CREATE TABLE copy_members (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	copy_group INTEGER NOT NULL, 
	document INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	share FLOAT NOT NULL, 
	evidence TEXT NOT NULL, 
	UNIQUE (document), 
	FOREIGN KEY(copy_group) REFERENCES copy_groups (id) ON DELETE CASCADE, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_copy_members_copy_group ON copy_members (copy_group);

CREATE INDEX ix_copy_members_document ON copy_members (document);

CREATE INDEX ix_copy_members_key ON copy_members ("key");

CREATE TABLE copy_pairs (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	a INTEGER NOT NULL, 
	b INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	share_a FLOAT NOT NULL, 
	share_b FLOAT NOT NULL, 
	strength FLOAT NOT NULL, 
	longest INTEGER NOT NULL, 
	unbroken FLOAT NOT NULL, 
	from_start INTEGER NOT NULL, 
	same_publisher INTEGER NOT NULL, 
	UNIQUE (a, b), 
	FOREIGN KEY(a) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(b) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_copy_pairs_a ON copy_pairs (a);

CREATE INDEX ix_copy_pairs_b ON copy_pairs (b);

CREATE TABLE correction_places (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	correction INTEGER NOT NULL, 
	part TEXT NOT NULL, 
	document_hash TEXT NOT NULL, 
	"key" TEXT, 
	why TEXT, 
	UNIQUE (correction, part), 
	FOREIGN KEY(correction) REFERENCES corrections (id) ON DELETE CASCADE
);

CREATE INDEX ix_correction_places_correction ON correction_places (correction);

CREATE INDEX ix_correction_places_document_hash ON correction_places (document_hash);

CREATE TABLE corrections (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	at TEXT NOT NULL, 
	by_whom TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	target_document TEXT NOT NULL, 
	target_words TEXT NOT NULL, 
	target TEXT NOT NULL, 
	value_document TEXT, 
	value_words TEXT, 
	value TEXT, 
	undoes INTEGER, 
	UNIQUE ("key"), 
	FOREIGN KEY(undoes) REFERENCES corrections (id)
);

CREATE INDEX ix_corrections_target_document ON corrections (target_document);

CREATE INDEX ix_corrections_undoes ON corrections (undoes);

CREATE INDEX ix_corrections_value_document ON corrections (value_document);

CREATE TABLE counts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	event TEXT, 
	thing TEXT, 
	packed TEXT NOT NULL, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_counts_document ON counts (document);

CREATE TABLE dates (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	value TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_dates_document ON dates (document);

CREATE TABLE documents (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	hash TEXT NOT NULL, 
	title TEXT, 
	publisher TEXT, 
	published TEXT, 
	day_first TEXT, 
	day_last TEXT, 
	author TEXT, 
	url TEXT, 
	lang TEXT, 
	model TEXT NOT NULL, 
	characters INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	seal TEXT, 
	UNIQUE (hash)
);

CREATE INDEX ix_documents_day_first ON documents (day_first);

CREATE TABLE entities (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	type TEXT NOT NULL, 
	name TEXT NOT NULL, 
	ref TEXT, 
	name_key TEXT NOT NULL, 
	identity TEXT NOT NULL, 
	UNIQUE (document, "key"), 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_entities_identity_ref ON entities (identity, ref);

CREATE INDEX ix_entities_lower_ref ON entities (lower(ref));

CREATE INDEX ix_entities_name_key ON entities (name_key);

CREATE INDEX ix_entities_ref ON entities (ref);

CREATE TABLE event_entities (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	event INTEGER NOT NULL, 
	part TEXT NOT NULL, 
	entity INTEGER NOT NULL, 
	FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE, 
	FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE
);

CREATE INDEX ix_event_entities_entity ON event_entities (entity);

CREATE INDEX ix_event_entities_event ON event_entities (event);

CREATE TABLE events (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	type TEXT, 
	lemma TEXT NOT NULL, 
	status TEXT NOT NULL, 
	moment INTEGER, 
	statement INTEGER, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	confidence FLOAT NOT NULL, 
	UNIQUE (document, "key"), 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(moment) REFERENCES moments (id), 
	FOREIGN KEY(statement) REFERENCES statements (id)
);

CREATE INDEX ix_events_moment ON events (moment);

CREATE INDEX ix_events_statement ON events (statement);

CREATE TABLE figure_events (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	figure INTEGER NOT NULL, 
	event INTEGER NOT NULL, 
	FOREIGN KEY(figure) REFERENCES figures (id) ON DELETE CASCADE, 
	FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
);

CREATE INDEX ix_figure_events_event ON figure_events (event);

CREATE INDEX ix_figure_events_figure ON figure_events (figure);

CREATE TABLE figures (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	low FLOAT, 
	high FLOAT, 
	bound TEXT NOT NULL, 
	unit TEXT, 
	noun TEXT, 
	counted_of INTEGER, 
	of_name TEXT, 
	event INTEGER, 
	statement INTEGER, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	counted_start INTEGER, 
	counted_end INTEGER, 
	context_start INTEGER NOT NULL, 
	context_end INTEGER NOT NULL, 
	context TEXT NOT NULL, 
	change TEXT, 
	tally TEXT, 
	day_first TEXT, 
	day_last TEXT, 
	confidence FLOAT NOT NULL, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(counted_of) REFERENCES entities (id), 
	FOREIGN KEY(event) REFERENCES events (id), 
	FOREIGN KEY(statement) REFERENCES statements (id)
);

CREATE INDEX ix_figures_counted_of ON figures (counted_of);

CREATE INDEX ix_figures_document ON figures (document);

CREATE INDEX ix_figures_event ON figures (event);

CREATE INDEX ix_figures_newest ON figures (day_first DESC, document, id);

CREATE INDEX ix_figures_statement ON figures (statement);

CREATE TABLE mentions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	entity INTEGER NOT NULL, 
	form TEXT NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE
);

CREATE INDEX ix_mentions_document ON mentions (document);

CREATE INDEX ix_mentions_entity ON mentions (entity);

CREATE TABLE merges (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	first_entity INTEGER NOT NULL, 
	first_start INTEGER NOT NULL, 
	first_end INTEGER NOT NULL, 
	second_entity INTEGER NOT NULL, 
	second_start INTEGER NOT NULL, 
	second_end INTEGER NOT NULL, 
	FOREIGN KEY(person) REFERENCES people (id) ON DELETE CASCADE, 
	FOREIGN KEY(first_entity) REFERENCES entities (id) ON DELETE CASCADE, 
	FOREIGN KEY(second_entity) REFERENCES entities (id) ON DELETE CASCADE
);

CREATE INDEX ix_merges_first_entity ON merges (first_entity);

CREATE INDEX ix_merges_person ON merges (person);

CREATE INDEX ix_merges_second_entity ON merges (second_entity);

CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);

CREATE TABLE moments (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	type TEXT NOT NULL, 
	value TEXT NOT NULL, 
	starts TEXT, 
	ends TEXT, 
	edge TEXT, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_moments_document ON moments (document);

CREATE TABLE people (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	entity INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	called TEXT, 
	name_key TEXT NOT NULL, 
	surname TEXT, 
	type TEXT NOT NULL, 
	ref TEXT, 
	identity TEXT NOT NULL, 
	linked TEXT NOT NULL, 
	sort TEXT NOT NULL, 
	digest INTEGER NOT NULL, 
	FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE
);

CREATE INDEX ix_people_called ON people (called);

CREATE INDEX ix_people_entity ON people (entity);

CREATE INDEX ix_people_identity ON people (identity);

CREATE INDEX ix_people_linked ON people (linked);

CREATE INDEX ix_people_name_key ON people (name_key);

CREATE INDEX ix_people_ref ON people (ref);

CREATE INDEX ix_people_surname ON people (surname);

CREATE TABLE person_keys (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	FOREIGN KEY(person) REFERENCES people (id) ON DELETE CASCADE
);

CREATE INDEX ix_person_keys_person ON person_keys (person);

CREATE INDEX ix_person_keys_value ON person_keys (value);

CREATE TABLE person_members (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	entity INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	cited TEXT NOT NULL, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE, 
	FOREIGN KEY(person) REFERENCES people (id) ON DELETE CASCADE
);

CREATE INDEX ix_person_members_cited ON person_members (cited);

CREATE INDEX ix_person_members_document ON person_members (document);

CREATE INDEX ix_person_members_entity ON person_members (entity);

CREATE INDEX ix_person_members_person ON person_members (person);

CREATE TABLE propositions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	packed BLOB NOT NULL, 
	UNIQUE (document), 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_propositions_document ON propositions (document);

CREATE TABLE rejected (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_rejected_document ON rejected (document);

CREATE TABLE roles (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	entity INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	of_entity INTEGER, 
	of_text TEXT, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE, 
	FOREIGN KEY(of_entity) REFERENCES entities (id)
);

CREATE INDEX ix_roles_entity ON roles (entity);

CREATE INDEX ix_roles_of_entity ON roles (of_entity);

CREATE TABLE ruled (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	record TEXT NOT NULL, 
	statement INTEGER, 
	figure INTEGER, 
	event INTEGER, 
	rejected BOOLEAN NOT NULL, 
	confirmed BOOLEAN NOT NULL, 
	speaker INTEGER, 
	correction INTEGER, 
	UNIQUE (document, record), 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(statement) REFERENCES statements (id), 
	FOREIGN KEY(figure) REFERENCES figures (id), 
	FOREIGN KEY(event) REFERENCES events (id), 
	FOREIGN KEY(speaker) REFERENCES entities (id) ON DELETE SET NULL, 
	FOREIGN KEY(correction) REFERENCES corrections (id)
);

CREATE INDEX ix_ruled_correction ON ruled (correction);

CREATE INDEX ix_ruled_event ON ruled (event);

CREATE INDEX ix_ruled_figure ON ruled (figure);

CREATE INDEX ix_ruled_speaker ON ruled (speaker);

CREATE INDEX ix_ruled_statement ON ruled (statement);

CREATE TABLE series (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	story INTEGER NOT NULL, 
	thing TEXT, 
	event TEXT, 
	also TEXT, 
	unit TEXT, 
	whose TEXT, 
	firmness TEXT NOT NULL, 
	tally TEXT NOT NULL, 
	part TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	since TEXT, 
	trend TEXT NOT NULL, 
	best_low FLOAT, 
	best_high FLOAT, 
	disputed BOOLEAN NOT NULL, 
	day TEXT, 
	points INTEGER NOT NULL, 
	FOREIGN KEY(story) REFERENCES stories (id) ON DELETE CASCADE
);

CREATE INDEX ix_series_key ON series ("key");

CREATE INDEX ix_series_newest ON series (day DESC, "key");

CREATE INDEX ix_series_story ON series (story);

CREATE TABLE series_places (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	point INTEGER NOT NULL, 
	document INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	record TEXT NOT NULL, 
	spans TEXT NOT NULL, 
	context_start INTEGER NOT NULL, 
	context_end INTEGER NOT NULL, 
	FOREIGN KEY(point) REFERENCES series_points (id) ON DELETE CASCADE, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_series_places_document ON series_places (document);

CREATE INDEX ix_series_places_key ON series_places ("key");

CREATE INDEX ix_series_places_point ON series_places (point);

CREATE TABLE series_points (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	series INTEGER NOT NULL, 
	who TEXT NOT NULL, 
	name TEXT NOT NULL, 
	outlet BOOLEAN NOT NULL, 
	low FLOAT, 
	high FLOAT, 
	bound TEXT NOT NULL, 
	status TEXT NOT NULL, 
	tally TEXT, 
	change TEXT, 
	reported TEXT, 
	as_of TEXT, 
	event_first TEXT, 
	event_last TEXT, 
	copies INTEGER NOT NULL, 
	best BOOLEAN NOT NULL, 
	place INTEGER NOT NULL, 
	FOREIGN KEY(series) REFERENCES series (id) ON DELETE CASCADE
);

CREATE INDEX ix_series_points_series ON series_points (series);

CREATE INDEX ix_series_points_who ON series_points (who);

CREATE TABLE speaker_names (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	speaker INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	ref TEXT, 
	type TEXT NOT NULL, 
	statements INTEGER NOT NULL, 
	FOREIGN KEY(speaker) REFERENCES speakers (id) ON DELETE CASCADE
);

CREATE INDEX ix_speaker_names_speaker ON speaker_names (speaker);

CREATE TABLE speakers (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	called TEXT, 
	name_key TEXT NOT NULL, 
	ref TEXT, 
	type TEXT NOT NULL, 
	statements INTEGER NOT NULL, 
	documents INTEGER NOT NULL, 
	first TEXT, 
	last TEXT, 
	UNIQUE ("key")
);

CREATE INDEX ix_speakers_called ON speakers (called);

CREATE INDEX ix_speakers_most ON speakers (statements DESC, name, "key", name_key);

CREATE TABLE speaking (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	entity INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	statements INTEGER NOT NULL, 
	first TEXT, 
	last TEXT, 
	UNIQUE (entity, document), 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE
);

CREATE INDEX ix_speaking_document ON speaking (document);

CREATE INDEX ix_speaking_key_document ON speaking ("key", document);

CREATE TABLE statement_spans (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	statement INTEGER NOT NULL, 
	part TEXT NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	FOREIGN KEY(statement) REFERENCES statements (id) ON DELETE CASCADE
);

CREATE INDEX ix_statement_spans_statement ON statement_spans (statement);

CREATE TABLE statements (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	speaker INTEGER, 
	speaker_name TEXT, 
	source TEXT, 
	cue TEXT, 
	content TEXT NOT NULL, 
	manner TEXT NOT NULL, 
	act TEXT NOT NULL, 
	negated BOOLEAN NOT NULL, 
	said_on TEXT, 
	day_first TEXT, 
	day_last TEXT, 
	within INTEGER, 
	confidence FLOAT NOT NULL, 
	UNIQUE (document, "key"), 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(speaker) REFERENCES entities (id), 
	FOREIGN KEY(within) REFERENCES statements (id)
);

CREATE INDEX ix_statements_newest ON statements (day_first DESC, document, id);

CREATE INDEX ix_statements_speaker ON statements (speaker);

CREATE INDEX ix_statements_within ON statements (within);

CREATE TABLE stories (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	title TEXT, 
	day_first TEXT, 
	day_last TEXT, 
	documents INTEGER NOT NULL
);

CREATE INDEX ix_stories_day_first ON stories (day_first);

CREATE INDEX ix_stories_key ON stories ("key");

CREATE TABLE story_features (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	packed BLOB NOT NULL, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_story_features_document ON story_features (document);

CREATE TABLE story_keys (
	"key" BIGINT NOT NULL, 
	day INTEGER NOT NULL, 
	document INTEGER NOT NULL, 
	PRIMARY KEY ("key", day, document), 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_story_keys_document ON story_keys (document);

CREATE TABLE story_links (
	a INTEGER NOT NULL, 
	b INTEGER NOT NULL, 
	likeness FLOAT NOT NULL, 
	PRIMARY KEY (a, b), 
	FOREIGN KEY(a) REFERENCES documents (id) ON DELETE CASCADE, 
	FOREIGN KEY(b) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_story_links_b ON story_links (b);

CREATE TABLE story_members (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	story INTEGER NOT NULL, 
	document INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	FOREIGN KEY(story) REFERENCES stories (id) ON DELETE CASCADE, 
	FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_story_members_document ON story_members (document);

CREATE INDEX ix_story_members_key ON story_members ("key");

CREATE INDEX ix_story_members_story ON story_members (story);

CREATE TABLE watched_entries (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	feed INTEGER NOT NULL, 
	entry TEXT NOT NULL, 
	url TEXT, 
	state TEXT NOT NULL, 
	updated TEXT, 
	due TEXT, 
	tries INTEGER NOT NULL, 
	reason TEXT, 
	document_hash TEXT, 
	saved TEXT, 
	UNIQUE (feed, entry), 
	FOREIGN KEY(feed) REFERENCES watched_feeds (id) ON DELETE CASCADE
);

CREATE INDEX ix_watched_entries_state_due ON watched_entries (state, due);

CREATE TABLE watched_feeds (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	address TEXT NOT NULL, 
	url TEXT, 
	title TEXT, 
	etag TEXT, 
	modified TEXT, 
	tried TEXT, 
	seen TEXT, 
	due TEXT, 
	pace FLOAT NOT NULL, 
	failures INTEGER NOT NULL, 
	reason TEXT, 
	UNIQUE (address)
);

CREATE TABLE watched_pages (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	address TEXT NOT NULL, 
	etag TEXT, 
	modified TEXT, 
	fetched TEXT NOT NULL, 
	document_hash TEXT NOT NULL, 
	UNIQUE (address)
);

