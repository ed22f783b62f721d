import { ApexList, PlatformObject, type LibraryModule } from '../runtime/index.js';
import { platform } from '../types/types.js';
import { required } from './arguments.js';

/** VisualEditor.DataRow: one choice of a property in the Lightning App Builder. */
class DataRowObject extends PlatformObject {
  override readonly typeName = 'VisualEditor.DataRow';
  constructor(
    readonly label: string | null,
    readonly value: unknown,
    readonly selected: boolean,
  ) {
    super();
  }
  compareTo(other: DataRowObject): number {
    const [left, right] = [this.label ?? '', other.label ?? ''];
    return left < right ? -1 : left > right ? 1 : 0;
  }
}

/** VisualEditor.DynamicPickListRows: the choices that a class gives. */
class DynamicRowsObject extends PlatformObject {
  override readonly typeName = 'VisualEditor.DynamicPickListRows';
  constructor(
    public rows: DataRowObject[] = [],
    public containsAllRows = false,
  ) {
    super();
  }
  add(items: readonly unknown[]): void {
    this.rows.push(...rowsIn(items));
  }
}

const rowsIn = (items: readonly unknown[]): DataRowObject[] => items.filter((item) => item instanceof DataRowObject);

/** Apex Reference Guide: VisualEditor Namespace. How rows compare is not documented: by their labels here. */
export const visualEditorModules: readonly LibraryModule[] = [
  {
    owner: 'VisualEditor.DataRow',
    members: () => ({
      '<init>': (label: string | null, value: unknown, selected?: boolean | null) =>
        new DataRowObject(label, value, selected === true),
      compareTo: (self: DataRowObject, other: DataRowObject | null) => self.compareTo(required(other)),
      getLabel: (self: DataRowObject) => self.label,
      getValue: (self: DataRowObject) => self.value,
      isSelected: (self: DataRowObject) => self.selected,
    }),
  },
  {
    owner: 'VisualEditor.DynamicPickListRows',
    members: () => ({
      '<init>': (rows?: ApexList | null, containsAllRows?: boolean | null) =>
        new DynamicRowsObject(rows === undefined ? [] : rowsIn(required(rows).items), containsAllRows === true),
      addAllRows: (self: DynamicRowsObject, rows: ApexList | null) => self.add(required(rows).items),
      addRow: (self: DynamicRowsObject, row: DataRowObject | null) => self.add([required(row)]),
      containsAllRows: (self: DynamicRowsObject) => self.containsAllRows,
      get: (self: DynamicRowsObject, index: number) => rowList(self).at(required(index)),
      getDataRows: rowList,
      setContainsAllRows: (self: DynamicRowsObject, value: boolean | null) => {
        self.containsAllRows = value === true;
      },
      size: (self: DynamicRowsObject) => self.rows.length,
      sort: (self: DynamicRowsObject) => {
        self.rows.sort((left, right) => left.compareTo(right));
      },
    }),
  },
];

function rowList(self: DynamicRowsObject): ApexList {
  return new ApexList(platform('VisualEditor.DataRow'), [...self.rows]);
}
