import { zipSync, type Zippable } from 'fflate';

/** Files of a package by path, as text. */
export type PackageFiles = Readonly<Record<string, string>>;

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

export function zipOf(files: PackageFiles): Buffer {
  const zippable: Zippable = {};
  for (const [path, text] of Object.entries(files)) zippable[path] = Buffer.from(text, 'utf8');
  return Buffer.from(zipSync(zippable));
}

export function packageXml(members: Readonly<Record<string, readonly string[]>>, version = '66.0'): string {
  const types = Object.entries(members).map(
    ([type, names]) =>
      `  <types>${names.map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${NAMESPACE}">\n${types.join('')}  <version>${version}</version>\n</Package>\n`;
}

/** An Apex class with its metadata file. */
export function apexClass(name: string, body = ''): PackageFiles {
  return {
    [`classes/${name}.cls`]: `public class ${name} {\n${body}}\n`,
    [`classes/${name}.cls-meta.xml`]: `<?xml version="1.0" encoding="UTF-8"?>\n<ApexClass xmlns="${NAMESPACE}">\n    <apiVersion>66.0</apiVersion>\n    <status>Active</status>\n</ApexClass>\n`,
  };
}

export function textField(name: string, label = name): string {
  return `    <fields>\n        <fullName>${name}</fullName>\n        <label>${label}</label>\n        <length>40</length>\n        <type>Text</type>\n    </fields>\n`;
}

/** An object file: fields by name, and the object's own label unless only fields are deployed. */
export function objectFile(name: string, fields: readonly string[], label?: string): PackageFiles {
  const own = label === undefined ? '' : `    <label>${label}</label>\n    <pluralLabel>${label}s</pluralLabel>\n`;
  return {
    [`objects/${name}.object`]: `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject xmlns="${NAMESPACE}">\n${fields.map((field) => textField(field)).join('')}${own}</CustomObject>\n`,
  };
}
