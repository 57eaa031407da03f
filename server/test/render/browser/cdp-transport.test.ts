import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { milliseconds } from '../../../src/model/units.ts';
import { Cdp, CdpError } from '../../../src/render/browser/cdp/cdp.ts';
import { pipeTransport } from '../../../src/render/browser/cdp/cdp-transport.ts';

const deadline = milliseconds(60_000);

describe('the pipe to the browser', () => {
  it('takes a long parameter piece by piece, and what is sent meanwhile behind it', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const cdp = new Cdp(pipeTransport(input, output));
    const bytes = Buffer.alloc(1_000_001, 'abc');
    const params = { requestId: 'r', responseCode: 200 };
    cdp.send('Fetch.fulfillRequest', params, { deadline, base64: { name: 'body', bytes } }).catch(() => {});
    cdp.send('Browser.getVersion', undefined, { session: 's', deadline }).catch(() => {});
    const heard: string[] = [];
    for await (const chunk of input) {
      heard.push(String(chunk));
      if (heard.join('').split('\0').length === 3) break;
    }
    const [first = '', second = ''] = heard.join('').split('\0');
    const body = bytes.toString('base64');
    assert.deepEqual(JSON.parse(first), { id: 1, method: 'Fetch.fulfillRequest', params: { ...params, body } });
    assert.deepEqual(JSON.parse(second), { id: 2, method: 'Browser.getVersion', sessionId: 's', params: {} });
    output.destroy();
    await cdp.closed;
  });

  it('gives messages as they were written, however they are cut', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const transport = pipeTransport(input, output);
    const heard: string[] = [];
    transport.onMessage = (message) => heard.push(message);
    for (const byte of Buffer.from('{"é":1}\0{}\0')) output.write(Buffer.from([byte]));
    output.end('{"b":');
    await new Promise<void>((resolve) => {
      transport.onClose = () => resolve();
    });
    assert.deepEqual(heard, ['{"é":1}', '{}']);
  });

  it('ends where the browser sends more than anything that is asked for', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const cdp = new Cdp(pipeTransport(input, output));
    const asked = cdp.send('Browser.getVersion', undefined, { deadline });
    const megabyte = Buffer.alloc(1_000_000, 'a');
    output.write('{"id":1,"result":"');
    for (let n = 0; n < 33; n++) output.write(megabyte);
    await assert.rejects(asked, (error) => {
      assert.ok(error instanceof CdpError && error.lost);
      assert.match(error.message, /more than 32 MB/);
      return true;
    });
    assert.equal(cdp.isClosed, true);
  });
});
