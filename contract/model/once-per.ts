/**
 * A function whose answers are kept for as long as what they are about: for workspaces and the like, which never change,
 * so that what is asked again and again is worked out once.
 */
export function oncePer<Subject extends object, Answer>(
  make: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  const known = new WeakMap<Subject, { readonly answer: Answer }>();
  return (subject) => {
    const found = known.get(subject) ?? { answer: make(subject) };
    known.set(subject, found);
    return found.answer;
  };
}
