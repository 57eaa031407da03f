/**
 * better-auth's tables for the version in the lock file; a test checks that nothing is missing. Dates are ISO 8601 text,
 * in columns of a type that STRICT tables do not have.
 */
export const accountTables = `
  CREATE TABLE user (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    emailVerified INTEGER NOT NULL,
    image TEXT,
    createdAt DATE NOT NULL,
    updatedAt DATE NOT NULL
  );
  CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    expiresAt DATE NOT NULL,
    token TEXT NOT NULL UNIQUE,
    createdAt DATE NOT NULL,
    updatedAt DATE NOT NULL,
    ipAddress TEXT,
    userAgent TEXT,
    userId TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE
  );
  CREATE INDEX session_userId_idx ON session (userId);
  CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    accountId TEXT NOT NULL,
    providerId TEXT NOT NULL,
    userId TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    accessToken TEXT,
    refreshToken TEXT,
    idToken TEXT,
    accessTokenExpiresAt DATE,
    refreshTokenExpiresAt DATE,
    scope TEXT,
    password TEXT,
    createdAt DATE NOT NULL,
    updatedAt DATE NOT NULL
  );
  CREATE INDEX account_userId_idx ON account (userId);
  CREATE TABLE verification (
    id TEXT NOT NULL PRIMARY KEY,
    identifier TEXT NOT NULL,
    value TEXT NOT NULL,
    expiresAt DATE NOT NULL,
    createdAt DATE NOT NULL,
    updatedAt DATE NOT NULL
  );
  CREATE INDEX verification_identifier_idx ON verification (identifier);
  CREATE TABLE apikey (
    id TEXT NOT NULL PRIMARY KEY,
    configId TEXT NOT NULL,
    name TEXT,
    start TEXT,
    referenceId TEXT NOT NULL,
    prefix TEXT,
    key TEXT NOT NULL,
    refillInterval INTEGER,
    refillAmount INTEGER,
    lastRefillAt DATE,
    enabled INTEGER,
    rateLimitEnabled INTEGER,
    rateLimitTimeWindow INTEGER,
    rateLimitMax INTEGER,
    requestCount INTEGER,
    remaining INTEGER,
    lastRequest DATE,
    expiresAt DATE,
    createdAt DATE NOT NULL,
    updatedAt DATE NOT NULL,
    permissions TEXT,
    metadata TEXT
  );
  CREATE INDEX apikey_configId_idx ON apikey (configId);
  CREATE INDEX apikey_referenceId_idx ON apikey (referenceId);
  CREATE INDEX apikey_key_idx ON apikey (key);
  CREATE TABLE rateLimit (
    id TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    count INTEGER NOT NULL,
    lastRequest BIGINT NOT NULL
  );
`;
