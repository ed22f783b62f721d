import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkMetadata, componentTypes } from '../../../local-org/src/metadata/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { catalog, orgOf } from './kit.js';

/** Folder with metadata files retrieved from orgs, in source format; they are not part of this repository. */
const FOLDER = process.env['METADATA_SAMPLES_DIR'];

/** Messages of the shape check; every other problem of a lone file is something it refers to. */
const SHAPE = /^Error parsing file|^Required field is missing|is not a valid value for the enum/;

function readSample(folder: string, file: string): Component | undefined {
  const content = readFileSync(join(folder, file), 'utf8');
  const base = file.replace(/-meta\.xml$/, '');
  const suffix = base.slice(base.lastIndexOf('.') + 1);
  const fullName = base.slice(0, base.lastIndexOf('.'));
  if (suffix === 'field') {
    const body = content.slice(content.indexOf('>', content.indexOf('<CustomField')) + 1, content.lastIndexOf('</'));
    const xml = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><fields>${body}</fields></CustomObject>`;
    return { type: 'CustomObject', fullName: 'Log__e', fileName: file, content: xml, metaXml: undefined };
  }
  const definition = [...componentTypes.values()].find((candidate) => candidate.suffix === suffix);
  if (definition === undefined) return undefined;
  return { type: definition.type, fullName, fileName: file, content, metaXml: undefined };
}

describe('metadata retrieved from orgs', () => {
  if (FOLDER === undefined || !existsSync(FOLDER)) {
    console.log('    metadata retrieved from orgs: not checked, METADATA_SAMPLES_DIR names no folder');
    return;
  }
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('-meta.xml'))) {
    it(`has a sound shape: ${file}`, () => {
      const sample = readSample(FOLDER, file);
      if (sample === undefined) throw new Error(`no metadata type for ${file}`);
      const pkg = { apiVersion: '66.0', components: [sample], deletions: [] };
      const shape = checkMetadata(pkg, orgOf(), catalog).filter(({ message }) => SHAPE.test(message));
      expect(shape).to.deep.equal([]);
    });
  }
});
