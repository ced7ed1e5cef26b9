-- The schema of a ledger of version 2, as that version made it.
PRAGMA journal_mode = WAL;
CREATE TABLE meta ("key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key"));
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL, title TEXT, publisher TEXT, published TEXT, day_first TEXT, day_last TEXT, author TEXT, url TEXT, lang TEXT, model TEXT NOT NULL, characters INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (hash));
CREATE INDEX ix_documents_day_first ON documents (day_first);
CREATE TABLE blocks (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, kind TEXT NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE);
CREATE INDEX ix_blocks_document ON blocks (document);
CREATE TABLE dates (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, value TEXT NOT NULL, origin TEXT NOT NULL, FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE);
CREATE INDEX ix_dates_document ON dates (document);
CREATE TABLE entities (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, "key" TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, ref TEXT, name_key TEXT NOT NULL, identity TEXT NOT NULL, UNIQUE (document, "key"), FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE);
CREATE INDEX ix_entities_identity_ref ON entities (identity, ref);
CREATE INDEX ix_entities_name_key ON entities (name_key);
CREATE INDEX ix_entities_lower_ref ON entities (lower(ref));
CREATE INDEX ix_entities_document ON entities (document);
CREATE INDEX ix_entities_ref ON entities (ref);
CREATE TABLE moments (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, starts TEXT, ends TEXT, edge TEXT, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE);
CREATE INDEX ix_moments_document ON moments (document);
CREATE TABLE rejected (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, reason TEXT NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE);
CREATE INDEX ix_rejected_document ON rejected (document);
CREATE TABLE aliases (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, entity INTEGER NOT NULL, name TEXT NOT NULL, name_key TEXT, FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE);
CREATE INDEX ix_aliases_entity ON aliases (entity);
CREATE INDEX ix_aliases_name_key ON aliases (name_key);
CREATE TABLE roles (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, entity INTEGER NOT NULL, title TEXT NOT NULL, of_entity INTEGER, of_text TEXT, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE, FOREIGN KEY(of_entity) REFERENCES entities (id));
CREATE INDEX ix_roles_entity ON roles (entity);
CREATE INDEX ix_roles_of_entity ON roles (of_entity);
CREATE TABLE mentions (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, entity INTEGER NOT NULL, form TEXT NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE);
CREATE INDEX ix_mentions_entity ON mentions (entity);
CREATE INDEX ix_mentions_document ON mentions (document);
CREATE TABLE statements (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, "key" TEXT NOT NULL, speaker INTEGER, speaker_name TEXT, source TEXT, cue TEXT, content TEXT NOT NULL, manner TEXT NOT NULL, act TEXT NOT NULL, negated BOOLEAN NOT NULL, said_on TEXT, day_first TEXT, day_last TEXT, within INTEGER, confidence FLOAT NOT NULL, UNIQUE (document, "key"), FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, FOREIGN KEY(speaker) REFERENCES entities (id), FOREIGN KEY(within) REFERENCES statements (id));
CREATE INDEX ix_statements_speaker ON statements (speaker);
CREATE INDEX ix_statements_within ON statements (within);
CREATE INDEX ix_statements_newest ON statements (day_first DESC, document, id);
CREATE INDEX ix_statements_document ON statements (document);
CREATE TABLE statement_spans (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, statement INTEGER NOT NULL, part TEXT NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, FOREIGN KEY(statement) REFERENCES statements (id) ON DELETE CASCADE);
CREATE INDEX ix_statement_spans_statement ON statement_spans (statement);
CREATE TABLE events (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, "key" TEXT NOT NULL, type TEXT, lemma TEXT NOT NULL, status TEXT NOT NULL, moment INTEGER, statement INTEGER, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, confidence FLOAT NOT NULL, UNIQUE (document, "key"), FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, FOREIGN KEY(moment) REFERENCES moments (id), FOREIGN KEY(statement) REFERENCES statements (id));
CREATE INDEX ix_events_statement ON events (statement);
CREATE INDEX ix_events_document ON events (document);
CREATE INDEX ix_events_moment ON events (moment);
CREATE TABLE event_entities (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, event INTEGER NOT NULL, part TEXT NOT NULL, entity INTEGER NOT NULL, FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE, FOREIGN KEY(entity) REFERENCES entities (id) ON DELETE CASCADE);
CREATE INDEX ix_event_entities_event ON event_entities (event);
CREATE INDEX ix_event_entities_entity ON event_entities (entity);
CREATE TABLE figures (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, low FLOAT, high FLOAT, bound TEXT NOT NULL, unit TEXT, noun TEXT, counted_of INTEGER, of_name TEXT, event INTEGER, statement INTEGER, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, counted_start INTEGER, counted_end INTEGER, context_start INTEGER NOT NULL, context_end INTEGER NOT NULL, context TEXT NOT NULL, change TEXT, tally TEXT, day_first TEXT, day_last TEXT, confidence FLOAT NOT NULL, FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE, FOREIGN KEY(counted_of) REFERENCES entities (id), FOREIGN KEY(event) REFERENCES events (id), FOREIGN KEY(statement) REFERENCES statements (id));
CREATE INDEX ix_figures_statement ON figures (statement);
CREATE INDEX ix_figures_document ON figures (document);
CREATE INDEX ix_figures_newest ON figures (day_first DESC, document, id);
CREATE INDEX ix_figures_event ON figures (event);
CREATE INDEX ix_figures_counted_of ON figures (counted_of);
CREATE TABLE figure_events (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, figure INTEGER NOT NULL, event INTEGER NOT NULL, FOREIGN KEY(figure) REFERENCES figures (id) ON DELETE CASCADE, FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE);
CREATE INDEX ix_figure_events_event ON figure_events (event);
CREATE INDEX ix_figure_events_figure ON figure_events (figure);
CREATE VIEW statements_view AS SELECT s.id, s.said_on, s.speaker_name AS speaker, e.ref AS speaker_ref, s.source, s.cue, s.content, s.act, s.negated, s.manner, w.key AS within, s.key AS statement, s.confidence, d.title AS document_title, d.publisher, d.published, d.url, d.hash AS document FROM statements AS s JOIN documents AS d ON d.id = s.document LEFT JOIN entities AS e ON e.id = s.speaker LEFT JOIN statements AS w ON w.id = s.within;
CREATE VIEW figures_view AS SELECT f.id, f.low, f.high, f.bound, f.unit, f.change, f.tally, f.noun, f.of_name AS "of", substr(d.text, f.span_start + 1, f.span_end - f.span_start) AS text, f.context, v.lemma AS event, v.status, m.value AS moment, s.speaker_name AS speaker, s.key AS statement, s.said_on, f.confidence, d.title AS document_title, d.publisher, d.published, d.url, d.hash AS document FROM figures AS f JOIN documents AS d ON d.id = f.document LEFT JOIN events AS v ON v.id = f.event LEFT JOIN moments AS m ON m.id = v.moment LEFT JOIN statements AS s ON s.id = f.statement;
CREATE VIEW events_view AS SELECT v.id, v.lemma, v.status, v.type, substr(d.text, v.span_start + 1, v.span_end - v.span_start) AS text, m.value AS moment, s.speaker_name AS speaker, s.key AS statement, v.key AS event, v.confidence, d.title AS document_title, d.publisher, d.published, d.url, d.hash AS document FROM events AS v JOIN documents AS d ON d.id = v.document LEFT JOIN moments AS m ON m.id = v.moment LEFT JOIN statements AS s ON s.id = v.statement;
CREATE VIEW moments_view AS SELECT m.id, m.value, m.type, m.starts, m.ends, m.edge, substr(d.text, m.span_start + 1, m.span_end - m.span_start) AS text, d.title AS document_title, d.publisher, d.published, d.url, d.hash AS document FROM moments AS m JOIN documents AS d ON d.id = m.document;
CREATE VIEW mentions_view AS SELECT n.id, e.name AS entity, e.type, e.ref, n.form, substr(d.text, n.span_start + 1, n.span_end - n.span_start) AS text, d.title AS document_title, d.publisher, d.published, d.url, d.hash AS document FROM mentions AS n JOIN documents AS d ON d.id = n.document JOIN entities AS e ON e.id = n.entity;
CREATE VIEW spans_view AS SELECT d.id AS document, 'blocks' AS record, r.id AS record_id, 'block' AS part, r.span_start AS span_start, r.span_end AS span_end, substr(d.text, r.span_start + 1, r.span_end - r.span_start) AS text FROM blocks AS r JOIN documents AS d ON d.id = r.document WHERE r.span_start IS NOT NULL UNION ALL
  SELECT d.id AS document, 'mentions' AS record, r.id AS record_id, 'mention' AS part, r.span_start AS span_start, r.span_end AS span_end, substr(d.text, r.span_start + 1, r.span_end - r.span_start) AS text FROM mentions AS r JOIN documents AS d ON d.id = r.document WHERE r.span_start IS NOT NULL UNION ALL
  SELECT d.id AS document, 'moments' AS record, r.id AS record_id, 'moment' AS part, r.span_start AS span_start, r.span_end AS span_end, substr(d.text, r.span_start + 1, r.span_end - r.span_start) AS text FROM moments AS r JOIN documents AS d ON d.id = r.document WHERE r.span_start IS NOT NULL UNION ALL
  SELECT d.id AS document, 'events' AS record, r.id AS record_id, 'trigger' AS part, r.span_start AS span_start, r.span_end AS span_end, substr(d.text, r.span_start + 1, r.span_end - r.span_start) AS text FROM events AS r JOIN documents AS d ON d.id = r.document WHERE r.span_start IS NOT NULL UNION ALL
  SELECT d.id AS document, 'figures' AS record, r.id AS record_id, 'number' AS part, r.span_start AS span_start, r.span_end AS span_end, substr(d.text, r.span_start + 1, r.span_end - r.span_start) AS text FROM figures AS r JOIN documents AS d ON d.id = r.document WHERE r.span_start IS NOT NULL UNION ALL
  SELECT d.id AS document, 'figures' AS record, r.id AS record_id, 'counted' AS part, r.counted_start AS span_start, r.counted_end AS span_end, substr(d.text, r.counted_start + 1, r.counted_end - r.counted_start) AS text FROM figures AS r JOIN documents AS d ON d.id = r.document WHERE r.counted_start IS NOT NULL UNION ALL
  SELECT d.id AS document, 'figures' AS record, r.id AS record_id, 'context' AS part, r.context_start AS span_start, r.context_end AS span_end, substr(d.text, r.context_start + 1, r.context_end - r.context_start) AS text FROM figures AS r JOIN documents AS d ON d.id = r.document WHERE r.context_start IS NOT NULL UNION ALL
  SELECT d.id AS document, 'rejected' AS record, r.id AS record_id, 'rejected' AS part, r.span_start AS span_start, r.span_end AS span_end, substr(d.text, r.span_start + 1, r.span_end - r.span_start) AS text FROM rejected AS r JOIN documents AS d ON d.id = r.document WHERE r.span_start IS NOT NULL UNION ALL
  SELECT d.id, 'statements', s.id, r.part, r.span_start, r.span_end, substr(d.text, r.span_start + 1, r.span_end - r.span_start) FROM statement_spans AS r JOIN statements AS s ON s.id = r.statement JOIN documents AS d ON d.id = s.document UNION ALL
  SELECT d.id, 'roles', r.id, 'role', r.span_start, r.span_end, substr(d.text, r.span_start + 1, r.span_end - r.span_start) FROM roles AS r JOIN entities AS e ON e.id = r.entity JOIN documents AS d ON d.id = e.document;
CREATE VIRTUAL TABLE documents_fts USING fts5(title, text, content="documents", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2");
CREATE TRIGGER documents_fts_insert AFTER INSERT ON documents BEGIN INSERT INTO documents_fts (rowid, title, text) VALUES (new.id, new.title, new.text); END;
CREATE TRIGGER documents_fts_delete AFTER DELETE ON documents BEGIN INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text); END;
CREATE TRIGGER documents_fts_update AFTER UPDATE OF title, text ON documents BEGIN INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text); INSERT INTO documents_fts (rowid, title, text) VALUES (new.id, new.title, new.text); END;
CREATE VIRTUAL TABLE statements_fts USING fts5(content, source, speaker_name, content="statements", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2");
CREATE TRIGGER statements_fts_insert AFTER INSERT ON statements BEGIN INSERT INTO statements_fts (rowid, content, source, speaker_name) VALUES (new.id, new.content, new.source, new.speaker_name); END;
CREATE TRIGGER statements_fts_delete AFTER DELETE ON statements BEGIN INSERT INTO statements_fts (statements_fts, rowid, content, source, speaker_name) VALUES ('delete', old.id, old.content, old.source, old.speaker_name); END;
CREATE TRIGGER statements_fts_update AFTER UPDATE OF content, source, speaker_name ON statements BEGIN INSERT INTO statements_fts (statements_fts, rowid, content, source, speaker_name) VALUES ('delete', old.id, old.content, old.source, old.speaker_name); INSERT INTO statements_fts (rowid, content, source, speaker_name) VALUES (new.id, new.content, new.source, new.speaker_name); END;
CREATE VIRTUAL TABLE figures_fts USING fts5(context, noun, of_name, content="figures", content_rowid="id", tokenize="porter unicode61 remove_diacritics 2");
CREATE TRIGGER figures_fts_insert AFTER INSERT ON figures BEGIN INSERT INTO figures_fts (rowid, context, noun, of_name) VALUES (new.id, new.context, new.noun, new.of_name); END;
CREATE TRIGGER figures_fts_delete AFTER DELETE ON figures BEGIN INSERT INTO figures_fts (figures_fts, rowid, context, noun, of_name) VALUES ('delete', old.id, old.context, old.noun, old.of_name); END;
CREATE TRIGGER figures_fts_update AFTER UPDATE OF context, noun, of_name ON figures BEGIN INSERT INTO figures_fts (figures_fts, rowid, context, noun, of_name) VALUES ('delete', old.id, old.context, old.noun, old.of_name); INSERT INTO figures_fts (rowid, context, noun, of_name) VALUES (new.id, new.context, new.noun, new.of_name); END;
PRAGMA application_id = 1332630117;
PRAGMA user_version = 2;
INSERT INTO meta (key, value) VALUES ('ledger_version', '2');
