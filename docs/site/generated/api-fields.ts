import type { Body, Parameter, Schema } from './openapi.ts';

/** Parameters of a path, a query and a header. */
export function parametersOf(parameters: readonly Parameter[]): string[][] {
  return parameters.map(
    ({ name, in: place, required = false, schema = {}, description = schema.description ?? '' }) => [
      nameOf(name, required),
      place,
      kindOf(schema),
      cell(description),
    ],
  );
}

/** The fields of a request's body. @param place where they are, for the table. */
export function rowsOf(body: Body | undefined, place: string): string[][] {
  return fieldsOf(body).map(([name = '', ...rest]) => [name, place, ...rest]);
}

/** The fields of a response. */
export function responsesOf(body: Body): string[][] {
  return fieldsOf(body);
}

function fieldsOf(body: Body | undefined): string[][] {
  const [content] = Object.values(body?.content ?? {});
  return content?.schema === undefined ? [] : alternatives(content.schema).flatMap((schema) => fields(schema, ''));
}

/** A row for each field, those of objects in it below it: `cards[].picture.width`. */
function fields(schema: Schema, before: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${before}${name}`;
    const own = [nameOf(path, schema.required?.includes(name) ?? false), kindOf(field), cell(field.description ?? '')];
    return [own, ...alternatives(field).flatMap((one) => below(one, path))];
  });
}

function below(schema: Schema, path: string): string[][] {
  const rows = fields(schema, `${path}.`);
  const items = schema.items === undefined ? [] : alternatives(schema.items).flatMap((one) => below(one, `${path}[]`));
  return [...rows, ...items];
}

const alternatives = (schema: Schema): readonly Schema[] => schema.anyOf ?? [schema];

function nameOf(path: string, required: boolean): string {
  return `\`${path}\`${required ? '' : '?'}`;
}

const kinds: Readonly<Record<string, string>> = {
  integer: 'whole number',
  number: 'number',
  string: 'text',
  boolean: 'true or false',
  object: 'object',
  array: 'list',
  null: '`null`',
};

function kindOf(schema: Schema): string {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map((one) => kindOf(one)))].join(', ');
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  const named = types.map((type) =>
    type === 'string' && schema.format === 'date-time' ? 'time' : (kinds[type] ?? type),
  );
  return [named.join(' or '), ...bounds(schema)].filter((part) => part !== '').join(', ');
}

function bounds({ minimum, maximum, maxLength, minItems, maxItems, default: fallback }: Schema): string[] {
  return [
    ...(maximum === undefined ? [] : [`${minimum ?? 0} to ${maximum}`]),
    ...(maxLength === undefined ? [] : [`${maxLength} characters at most`]),
    ...(maxItems === undefined ? [] : [`${minItems ?? 0} to ${maxItems} of them`]),
    ...(fallback === undefined ? [] : [`\`${fallback}\` without it`]),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
