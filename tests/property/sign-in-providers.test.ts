/** Which claims may be believed, and which pages signing in may lead to: whatever anybody writes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimToMatch, ownPath } from "@doudou/shared/domain/sign-in-providers.ts";

const OURS = "https://doudou.example.edu.cn";

describe("where signing in leads", () => {
  const written = fc.oneof(
    fc.webUrl(),
    fc.string(),
    fc
      .string({ unit: fc.constantFrom("/", "\\", "\t", "\n", ".", "@", ":", "?", "#", "a", "%2f") })
      .map((s) => `/${s}`),
    fc.webPath().map((path) => `/${path}`),
  );

  test("never out of the product, and nowhere that a browser would read as out of it", () => {
    fc.assert(
      fc.property(written, (address) => {
        const path = ownPath(address, OURS);
        if (path === undefined) return;
        expect(new URL(path, OURS).origin).toBe(OURS);
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(path).not.toMatch(/^\/(api\/|sign-in)/);
        // Read once more it is the same: nothing is hidden in it.
        expect(ownPath(path, OURS)).toBe(path);
      }),
    );
  });

  test("to every page there is", () => {
    for (const page of ["/", "/classes", "/office/people/pupils?wanted=lin#top", "/join#ABCD"])
      expect(ownPath(page, OURS)).toBe(page);
  });
});

describe("what a provider says", () => {
  test("an address counts only where it is said to be verified, and nothing else stands for that", () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.anything(), (email, verified) => {
        const value = claimToMatch({ email, email_verified: verified }, "email");
        expect(value !== undefined).toBe(verified === true);
      }),
    );
  });

  test("only text and whole numbers are compared, folded as logins are; what everything inherits is no claim", () => {
    expect(claimToMatch({ employee_number: " Ｔ１００１ " }, "employee_number")).toBe("t1001");
    expect(claimToMatch({ employee_number: 1001 }, "employee_number")).toBe("1001");
    for (const value of ["", "  ", null, true, 1.5, ["t1"], { a: 1 }, undefined])
      expect(claimToMatch({ employee_number: value }, "employee_number")).toBeUndefined();
    expect(claimToMatch({}, "constructor")).toBeUndefined();
  });
});
