/**
 * A function whose answers are kept for as long as what they are about: for workspaces and the like, which never change,
 * so that what is asked again and again is worked out once.
 */
export function oncePer<Subject extends object, Answer>(
  make: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  const known = new WeakMap<Subject, { readonly answer: Answer }>();
  return (subject) => {
    const found = known.get(subject);
    if (found) return found.answer;
    const answer = make(subject);
    known.set(subject, { answer });
    return answer;
  };
}

/** The same for what is asked of one thing within another, such as a schema within its workspace. */
export function oncePerPair<Whole extends object, Subject extends object, Answer>(
  make: (whole: Whole, subject: Subject) => Answer,
): (whole: Whole, subject: Subject) => Answer {
  const within = oncePer((whole: Whole) => oncePer((subject: Subject) => make(whole, subject)));
  return (whole, subject) => within(whole)(subject);
}
