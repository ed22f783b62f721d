import { Unsupported } from '../../apex/runtime/index.js';
import type { FlowScreen, FlowScreenField } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { assign, conditionsHold, formulaHolds, operandValue, textValue, type Interview } from '../interview/index.js';
import { convertTo, FlowStructure, fromJson, type FlowValue } from '../values/index.js';

/** A field as the person sees it; `text` is its label, or what it says. */
export interface ShownField {
  readonly name: string;
  readonly type: FlowScreenField['fieldType'];
  readonly text: string;
  readonly required: boolean;
  /** Names of the choices that it offers. */
  readonly choices: readonly string[];
}

/** What is wrong with the value of a field. */
export interface ScreenProblem {
  readonly field: string;
  readonly message: string;
}

/** What a person fills in, by the names of fields: JSON values, the name of a choice, or the outputs of a component. */
export type ScreenValues = Readonly<Record<string, unknown>>;

const LAYOUT: ReadonlySet<FlowScreenField['fieldType']> = new Set(['Region', 'RegionContainer']);

/** The fields that show now, out of their sections. */
function visibleFields(interview: Interview, fields: readonly FlowScreenField[]): readonly FlowScreenField[] {
  return fields.flatMap((field) => {
    if (field.visibility !== undefined && !conditionsHold(interview, field.visibility)) return [];
    return LAYOUT.has(field.fieldType) ? visibleFields(interview, field.fields) : [field];
  });
}

/** A screen as it shows. */
export function shownFields(interview: Interview, { fields }: FlowScreen): readonly ShownField[] {
  return visibleFields(interview, fields).map((field) => ({
    name: field.name,
    type: field.fieldType,
    text: textValue(interview, field.text),
    required: field.isRequired && field.fieldType !== 'ComponentInstance',
    choices: field.choices,
  }));
}

const REQUIRED = 'Please enter some valid input. Input is not optional.';

/**
 * Stores what a person filled in.
 * @returns what is wrong with it, by field: then the screen shows again (Salesforce Help: Screen Input Components)
 */
export function fillIn(interview: Interview, screen: FlowScreen, values: ScreenValues): readonly ScreenProblem[] {
  const given = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value] as const));
  const fields = visibleFields(interview, screen.fields).filter(({ fieldType }) => fieldType !== 'DisplayText');
  const problems = fields.flatMap((field) => {
    const key = field.name.toLowerCase();
    const message = store(interview, field, given.has(key), given.get(key));
    given.delete(key);
    return message === undefined ? [] : [{ field: field.name, message }];
  });
  const unknown = [...given.keys()].map((field) => ({ field, message: 'The screen shows no such input field.' }));
  return [...problems, ...unknown];
}

/** Stores the value of one field. @returns what is wrong with it */
function store(interview: Interview, field: FlowScreenField, isGiven: boolean, json: unknown): string | undefined {
  if (field.fieldType === 'ComponentInstance') {
    storeOutputs(interview, field, json);
    return undefined;
  }
  let value: FlowValue;
  try {
    value = isGiven ? inputValue(interview, field, json) : defaultValue(interview, field);
  } catch (error) {
    if (error instanceof FlowFault) return error.message;
    throw error;
  }
  interview.store(field.name, value);
  if (field.isRequired && (value === null || value === '')) return REQUIRED;
  if (field.validation === undefined || value === null || formulaHolds(interview, field.validation.expression))
    return undefined;
  return textValue(interview, field.validation.message);
}

function inputValue(interview: Interview, field: FlowScreenField, json: unknown): FlowValue {
  if (field.choices.length > 0 && json !== null) {
    const names = Array.isArray(json) ? json : [json];
    const chosen = names.map((name) => choiceValue(interview, field, String(name)));
    return chosen.length === 1 ? (chosen[0] ?? null) : chosen.map(String).join(';');
  }
  return convertTo(field.dataType ?? 'String', fromJson(json), interview.zone, field.name);
}

function choiceValue(interview: Interview, field: FlowScreenField, name: string): FlowValue {
  const offered = field.choices.find((choice) => choice.toLowerCase() === name.toLowerCase());
  const resource = offered === undefined ? undefined : interview.definition.resources.get(offered.toLowerCase());
  if (resource?.kind === 'choiceSet') throw new Unsupported('A choice set on a screen');
  if (resource?.kind !== 'choice') throw new FlowFault(`${field.name} has no choice ${name}.`);
  interview.selected.add(resource.name.toLowerCase());
  return convertTo(resource.dataType, operandValue(interview, resource.value), interview.zone, resource.name);
}

function defaultValue(interview: Interview, field: FlowScreenField): FlowValue {
  if (field.defaultChoice !== undefined) return choiceValue(interview, field, field.defaultChoice);
  return convertTo(field.dataType ?? 'String', operandValue(interview, field.defaultValue), interview.zone, field.name);
}

/** A component gives its outputs by name. */
function storeOutputs(interview: Interview, field: FlowScreenField, json: unknown): void {
  const outputs = fromJson(json ?? {});
  if (!(outputs instanceof FlowStructure)) throw new FlowFault(`The outputs of ${field.name} have no names.`);
  if (field.automatic) interview.store(field.name, outputs);
  for (const { name, target } of field.outputs) assign(interview, target, outputs.get(name) ?? null);
}
