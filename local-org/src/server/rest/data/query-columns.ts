import type { FieldType, ObjectSchema, SelectColumn } from '../../../data/index.js';

/** Description of one column of a query's result, for clients that show it as a table. */
interface ColumnMetadata {
  readonly aggregate: boolean;
  readonly apexType: string | null;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: readonly ColumnMetadata[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
}

const NUMBERS: ReadonlySet<FieldType> = new Set(['int', 'long', 'double', 'currency', 'percent']);
const NO_TEXT: ReadonlySet<FieldType> = new Set([...NUMBERS, 'boolean', 'date', 'datetime', 'time', 'base64']);

/** Apex type by field type, where it is not String. */
const APEX_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  long: 'Long',
  double: 'Double',
  currency: 'Double',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
  base64: 'Blob',
};

const PLAIN = {
  aggregate: false,
  apexType: null,
  booleanType: false,
  custom: false,
  foreignKeyName: null,
  insertable: false,
  joinColumns: [],
  numberType: false,
  textType: false,
  updatable: false,
} as const;

function describe(column: SelectColumn): ColumnMetadata {
  switch (column.kind) {
    case 'field': {
      const { type, custom, readOnly, relationshipName } = column.field;
      return {
        ...PLAIN,
        apexType: APEX_TYPES[type] ?? 'String',
        booleanType: type === 'boolean',
        columnName: column.name,
        displayName: column.name,
        custom,
        foreignKeyName: relationshipName ?? null,
        insertable: !readOnly,
        numberType: NUMBERS.has(type),
        textType: !NO_TEXT.has(type),
        updatable: !readOnly,
      };
    }
    case 'aggregate':
      return {
        ...PLAIN,
        aggregate: !column.isGroup,
        columnName: column.name,
        displayName: column.isGroup ? column.name : column.label,
      };
    case 'parent':
      return { ...joined(column.name), joinColumns: column.columns.map(describe) };
    case 'children':
      return { ...joined(column.name), aggregate: true, joinColumns: column.columns.map(describe) };
    case 'typeOf':
      return joined(column.name);
  }
}

function joined(name: string): ColumnMetadata {
  return { ...PLAIN, columnName: name, displayName: name };
}

/** What `query?columns=true` answers instead of records (SF-CLI: table of `data query`). */
export function columnMetadata(object: ObjectSchema, columns: readonly SelectColumn[]): object {
  return {
    columnMetadata: columns.map(describe),
    entityName: object.name,
    groupBy: columns.some((column) => column.kind === 'aggregate'),
    idSelected: columns.some((column) => column.kind === 'field' && column.field.type === 'id'),
    keyPrefix: object.keyPrefix,
  };
}
