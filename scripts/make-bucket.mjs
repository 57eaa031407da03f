// Makes the bucket of OGPLUS_STORAGE_URL at OGPLUS_S3_ENDPOINT; for servers that tests start.
import { AwsClient } from 'aws4fetch';

const { OGPLUS_S3_ENDPOINT, OGPLUS_STORAGE_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION } = process.env;
const [, bucket] = /^s3:\/\/([^/]+)/.exec(OGPLUS_STORAGE_URL ?? '') ?? [];
const client = new AwsClient({
  accessKeyId: AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
  region: AWS_REGION ?? 'us-east-1',
  service: 's3',
  retries: 0,
});
try {
  const response = await client.fetch(`${OGPLUS_S3_ENDPOINT}/${bucket}`, { method: 'PUT' });
  if (!response.ok && response.status !== 409) throw new Error(`${response.status} ${await response.text()}`);
} catch (error) {
  process.stderr.write(`The bucket is not made yet: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
