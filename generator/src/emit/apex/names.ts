import type { ApiName } from '../../model/index.js';

/** Longest name of an Apex class. */
const LONGEST_CLASS_NAME = 40;

export function handlerName(apiName: ApiName): string {
  return `${apiName}Callout`;
}

/** `<Api>CalloutTest`, or `<Api>Test` where that would be too long for an Apex class. */
export function testName(apiName: ApiName): string {
  const name = `${apiName}CalloutTest`;
  return name.length <= LONGEST_CLASS_NAME ? name : `${apiName}Test`;
}

export function actionName(apiName: ApiName): string {
  return `${apiName}Action`;
}

/** `reserve-stock` becomes `ReserveStock`, the end of a method name. */
export function pascalCase(kebab: string): string {
  return kebab
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
