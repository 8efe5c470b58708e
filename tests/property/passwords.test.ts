/** What a password has to be, whatever people come up with: long enough as they count, and not easily guessed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { passwordFault } from "@doudou/server/access/passwords.ts";
import { newReadableCode, readReadableCode } from "@doudou/server/access/readable-codes.ts";
import { isLongEnough, SHORTEST_PASSWORD } from "@doudou/shared/domain/passwords.ts";
import { LOGIN_PATTERN } from "@doudou/shared/domain/staff.ts";

describe("a password", () => {
  test("is counted as people count: a Chinese character, an emoji and a full-width letter are one each", () => {
    const character = fc.constantFrom("豆", "a", "Ａ", "🌱", " ", "9");
    fc.assert(
      fc.property(fc.array(character, { maxLength: 20 }), (characters) => {
        expect(isLongEnough(characters.join(""))).toBe(characters.length >= SHORTEST_PASSWORD);
      }),
    );
  });

  test("that is its owner's login, name in pinyin or school with a year behind it is refused", async () => {
    const names = ["wanglaoshi", "欧阳晓明", "senlin-primary"];
    for (const told of ["wanglaoshi", "ouyangxiaoming", "senlin-primary", "OuYangXiaoMing"])
      for (const year of ["2024", "2025", "2026"])
        expect([told, await passwordFault(told + year, names)]).toEqual([told, "password-guessable"]);
  });

  test("is judged by how it begins: no length of it takes the time of everybody else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 64, maxLength: 64 }),
        fc.string({ maxLength: 436 }),
        async (begin, rest) => {
          const fitting = begin.replaceAll(/[^ -~]/g, "x").toLowerCase();
          expect(await passwordFault(fitting + rest, [])).toBe(await passwordFault(fitting, []));
        },
      ),
      { numRuns: 10 },
    );
  });
});

test("a readable code is read however it is typed, and nothing else is read as one", () => {
  fc.assert(
    fc.property(fc.constantFrom("-", " ", "", " - "), fc.boolean(), (between, isUpper) => {
      const code = newReadableCode();
      const typed = code.replaceAll("-", between);
      expect(readReadableCode(isUpper ? typed.toUpperCase() : typed)).toBe(code);
    }),
  );
  for (const other of ["", "123456", "abcd-efgh-jkmn-pqr0", "aaaa-bbbb-cccc-dddd-eeee"])
    expect([other, readReadableCode(other)]).toEqual([other, undefined]);
});

test("a login is letters and digits of any script, with a few signs between them", () => {
  const login = new RegExp(LOGIN_PATTERN, "u");
  for (const good of ["wang", "陈小禾", "chen.xiaohe@school", "a1", "w".repeat(60)])
    expect([good, login.test(good)]).toEqual([good, true]);
  for (const bad of ["", "a", ".wang", "wang li", "<b>", "w".repeat(61), "a\u0000b"])
    expect([bad, login.test(bad)]).toEqual([bad, false]);
});
