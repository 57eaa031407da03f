import type { FastifySchemaValidationError } from 'fastify';

const kinds: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** A schema error in words for the client: names the request's fields, and no internals. */
export function schemaSentence(errors: readonly FastifySchemaValidationError[]): string {
  // For alternatives, the errors of each come before the one that none matches.
  const error = errors.find(({ keyword }) => keyword === 'anyOf') ?? errors[0];
  if (error === undefined) return 'it is invalid';
  const { instancePath, keyword, message, params } = error;
  const field = instancePath.slice(1);
  const name = field === '' ? 'it' : field;
  switch (keyword) {
    case 'anyOf': {
      const allowed = errors.filter((one) => one.keyword === 'const' && one.instancePath === instancePath);
      const values = allowed.map((one) => one.params['allowedValue']);
      return values.length === 0 ? `${name} is not a valid value` : `${name} must be ${oneOf(values)}`;
    }
    case 'enum':
      return `${name} must be ${oneOf(params['allowedValues'])}`;
    case 'type':
      return `${name} must be ${typesOf(params['type'])}`;
    case 'minimum':
      return `${name} must be at least ${params['limit']}`;
    case 'maximum':
      return `${name} must be at most ${params['limit']}`;
    case 'required':
      return `"${params['missingProperty']}" is missing${field === '' ? '' : ` in ${field}`}`;
    case 'additionalProperties':
      return `there is no "${params['additionalProperty']}"${field === '' ? '' : ` in ${field}`}`;
    case 'minProperties':
      return 'it is empty';
    default:
      return `${name} ${message}`;
  }
}

/** @param type `integer`, `integer,null`, or a list. */
function typesOf(type: unknown): string {
  const types = String(type).split(',');
  return types.map((each) => kinds[each] ?? each).join(' or ');
}

function oneOf(values: unknown): string {
  const texts = Array.isArray(values) ? values.map(String) : [];
  return `${texts.length > 1 ? 'one of ' : ''}${texts.join(', ')}`;
}
