import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { after, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { migrate } from '../../../src/store/postgres/migrate.ts';
import { checkDatabase } from '../../../src/store/postgres/start-checks.ts';
import { selfSigned } from '../../harness/certificate.ts';
import { startPostgres } from '../../harness/postgres.ts';

const server = await startPostgres();
after(() => server[Symbol.asyncDispose]());
await server.sql(`CREATE ROLE owner LOGIN PASSWORD 'right'; CREATE ROLE guest LOGIN PASSWORD 'right';
  CREATE ROLE refused LOGIN`);
await server.sql('CREATE DATABASE good OWNER owner');

async function refusal(url: string, directUrl?: string, clockOff = 0): Promise<string> {
  const error = await checkDatabase({ url, directUrl }, () => Date.now() + clockOff).then(
    () => assert.fail('It was accepted.'),
    (rejected: unknown) => rejected,
  );
  assert.ok(error instanceof Error);
  assert.ok(!error.message.includes('\n'), 'one line');
  assert.ok(!error.message.includes('right'), 'no password');
  return error.message;
}

const asOwner = (database = 'good') => server.url(database, 'owner', 'right');

describe('a database that is as it should be', () => {
  it('is accepted for its owner, twice', async () => {
    await checkDatabase({ url: asOwner() }, () => Date.now());
    await migrate(asOwner());
    await checkDatabase({ url: asOwner(), directUrl: asOwner() }, () => Date.now());
    await migrate(asOwner());
  });
});

describe('an address that leads nowhere', () => {
  it('is named with what is wrong', async () => {
    assert.match(
      await refusal('postgres://owner:right@nowhere.invalid/good'),
      /^OGPLUS_DATABASE_URL: There is no host nowhere\.invalid\. Correct the host name\.$/,
    );
    const [silent, gone] = [createServer(() => {}), createServer()];
    const port = await portOf(gone);
    gone.close();
    assert.match(
      await refusal(`postgres://owner:right@127.0.0.1:${port}/good`),
      /^OGPLUS_DATABASE_URL: Nothing listens at 127\.0\.0\.1:\d+\. Start Postgres there, or correct the host and port\.$/,
    );
    const url = `postgres://owner:right@127.0.0.1:${await portOf(silent)}/good`;
    assert.match(await refusal(url), /^OGPLUS_DATABASE_URL: 127\.0\.0\.1:\d+ does not answer\./);
    assert.match(await refusal(asOwner(), url), /^OGPLUS_DATABASE_DIRECT_URL: 127\.0\.0\.1:\d+ does not answer\./);
    silent.close();
  });
});

describe('an encrypted connection', () => {
  it('is named where the server does not encrypt, and with no more than one line', async () => {
    const warned: Error[] = [];
    const note = (warning: Error) => warned.push(warning);
    process.on('warning', note);
    for (const mode of ['require', 'verify-full', 'prefer'])
      assert.match(
        await refusal(`${asOwner()}?sslmode=${mode}`),
        /: The server at 127\.0\.0\.1:\d+ does not encrypt\. Turn on ssl in postgresql\.conf, or take sslmode out/,
      );
    await nextTurn();
    process.off('warning', note);
    assert.deepEqual(warned, []);
  });

  it('is refused where nobody vouches for the certificate, and says where to name who does', async () => {
    const tls = createServer((socket) => {
      socket.once('data', () => {
        socket.write('S'); // to the request to encrypt (postgresql.org/docs/current/protocol-flow.html)
        new TLSSocket(socket, { isServer: true, ...selfSigned }).on('error', () => {});
      });
    });
    const place = `127.0.0.1:${await portOf(tls)}`;
    for (const mode of ['require', 'verify-full'])
      assert.match(
        await refusal(`postgres://owner:right@${place}/good?sslmode=${mode}`),
        /: The certificate of 127\.0\.0\.1:\d+ is not accepted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Name .*&sslrootcert=/,
      );
    tls.close();
  });
});

describe('a user that is not let in', () => {
  it('has a wrong password, or does not exist', async () => {
    const says =
      /^OGPLUS_DATABASE_URL: The server at 127\.0\.0\.1:\d+ refuses the user (owner|nobody): wrong user or password\./;
    assert.match(await refusal(server.url('good', 'owner', 'wrong')), says);
    assert.match(await refusal(server.url('good', 'nobody', 'x')), says);
  });

  it('is refused by pg_hba.conf', async () => {
    assert.match(
      await refusal(server.url('good', 'refused', 'x')),
      /does not let the user refused in .*pg_hba\.conf\.$/,
    );
  });
});

describe('a database that cannot be used', () => {
  it('does not exist', async () => {
    assert.match(
      await refusal(asOwner('missing')),
      /: There is no database missing at 127\.0\.0\.1:\d+\. Create it: createdb --owner=owner missing$/,
    );
  });

  it('is of a server that is too old', async () => {
    await server.sql('CREATE DATABASE old OWNER owner');
    await server.sql(
      `CREATE SCHEMA older; GRANT USAGE ON SCHEMA older TO owner;
       CREATE FUNCTION older.current_setting(name text) RETURNS text LANGUAGE sql AS $$
         SELECT CASE name WHEN 'server_version_num' THEN '140011' WHEN 'server_version' THEN '14.11'
           ELSE pg_catalog.current_setting(name) END $$;
       ALTER ROLE owner IN DATABASE old SET search_path = older, pg_catalog, public`,
      'old',
    );
    assert.match(await refusal(asOwner('old')), /: The server is Postgres 14\.11\. Upgrade it to 15 or newer\.$/);
  });

  it('has another encoding', async () => {
    await server.sql(`CREATE DATABASE ascii OWNER owner ENCODING 'SQL_ASCII' TEMPLATE template0`);
    assert.match(await refusal(asOwner('ascii')), /: The database has the encoding SQL_ASCII\./);
  });

  it('is read-only', async () => {
    await server.sql('CREATE DATABASE standby OWNER owner');
    await server.sql('ALTER DATABASE standby SET default_transaction_read_only = on');
    assert.match(await refusal(asOwner('standby')), /: The database is read-only, as a standby is\./);
  });

  it('gives no right to create tables', async () => {
    assert.match(
      await refusal(server.url('good', 'guest', 'right')),
      /: The user guest may not create tables\. .*: GRANT CREATE ON SCHEMA public TO guest$/,
    );
  });

  it('gives no right to create the extension', async () => {
    await server.sql('CREATE DATABASE shared');
    await server.sql('GRANT CREATE ON SCHEMA public TO guest', 'shared');
    assert.match(
      await refusal(server.url('shared', 'guest', 'right')),
      /: The user guest may not create the extension pg_trgm\. Create it as a superuser in the database shared: CREATE EXTENSION pg_trgm$/,
    );
    await server.sql('CREATE EXTENSION pg_trgm', 'shared');
    await checkDatabase({ url: server.url('shared', 'guest', 'right') }, () => Date.now());
  });

  it('is of a server without the extension', async () => {
    await server.sql('CREATE DATABASE bare OWNER owner');
    await server.sql(
      `CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
         RAISE EXCEPTION 'extension "pg_trgm" is not available' USING ERRCODE = '0A000'; END $$;
       CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE EXTENSION') EXECUTE FUNCTION refuse()`,
      'bare',
    );
    assert.match(await refusal(asOwner('bare')), /: The server lacks the extension pg_trgm\. Install it: on Debian/);
  });

  it('is another one than that of the direct address', async () => {
    await server.sql('CREATE DATABASE other OWNER owner');
    assert.match(
      await refusal(asOwner('other'), asOwner()),
      /^OGPLUS_DATABASE_DIRECT_URL: Notifications do not arrive: .* leads to another database\./,
    );
  });
});

describe('a clock', () => {
  it('may be a second off, and not more', async () => {
    await checkDatabase({ url: asOwner() }, () => Date.now() + 500);
    assert.match(
      await refusal(asOwner(), undefined, 5000),
      /: This machine's clock is [45]\.\d s ahead of the database's\. Set both by NTP: at most 1 s is allowed\.$/,
    );
    assert.match(await refusal(asOwner(), undefined, -5000), /clock is [45]\.\d s behind the database's/);
  });
});

async function portOf(listener: Server): Promise<number> {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}
