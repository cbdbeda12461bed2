-- What a hit says of itself beside its agent, as our relay reports it: names of app.mailroom.model.HitSign, with spaces between.
ALTER TABLE message_events ADD COLUMN signs TEXT;
