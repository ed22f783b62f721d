/** The same program in Apex and in JavaScript: sieve, string building, map counting, recursion. */
export const APEX_PROGRAM = `public class Compute {
  public static Integer sieve(Integer size) {
    List<Boolean> composite = new List<Boolean>();
    for (Integer i = 0; i <= size; i++) composite.add(false);
    Integer count = 0;
    for (Integer i = 2; i <= size; i++) {
      if (composite[i]) continue;
      count++;
      for (Integer j = i * 2; j <= size; j += i) composite[j] = true;
    }
    return count;
  }
  public static Integer fib(Integer n) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
  }
  public static Integer words(Integer rounds) {
    Map<String, Integer> counts = new Map<String, Integer>();
    for (Integer i = 0; i < rounds; i++) {
      String key = 'w' + Math.mod(i * 31, 997);
      Integer seen = counts.get(key);
      counts.put(key, seen == null ? 1 : seen + 1);
    }
    return counts.size();
  }
  public static Integer mix(Integer rounds) {
    Integer hash = 17;
    for (Integer i = 0; i < rounds; i++) hash = (hash * 31 + i) ^ (hash >>> 7);
    return hash;
  }
}`;

export const APEX_BLOCK =
  "System.debug(Compute.sieve(300000) + ' ' + Compute.fib(25) + ' ' + Compute.words(200000) + ' ' + Compute.mix(3000000));";

function sieve(size: number): number {
  const composite: boolean[] = [];
  for (let i = 0; i <= size; i++) composite.push(false);
  let count = 0;
  for (let i = 2; i <= size; i++) {
    if (composite[i] === true) continue;
    count++;
    for (let j = i * 2; j <= size; j += i) composite[j] = true;
  }
  return count;
}

function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

function words(rounds: number): number {
  const counts = new Map<string, number>();
  for (let i = 0; i < rounds; i++) {
    const key = `w${(i * 31) % 997}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts.size;
}

function mix(rounds: number): number {
  let hash = 17;
  for (let i = 0; i < rounds; i++) hash = ((Math.imul(hash, 31) + i) | 0) ^ ((hash >>> 7) | 0);
  return hash;
}

export function javascriptProgram(): string {
  return `${sieve(300000)} ${fib(25)} ${words(200000)} ${mix(3000000)}`;
}
