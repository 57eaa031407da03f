// https://nodejs.org/docs/latest/api/tls.html#x509-certificate-error-codes
const codes = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;

/** Whether a connection failed because of the server's certificate. */
export function isAboutCertificate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.test(error.code);
}
