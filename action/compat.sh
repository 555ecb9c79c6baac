#!/usr/bin/env bash
# What action.yml runs: finds the base and fetches it where the clone lacks it, then prints annotations, fills the summary
# of the job and keeps a comment on the pull request. CHIROGRAPH may name another command than the installed one.
set -uo pipefail

read -r -a chirograph <<<"${CHIROGRAPH:-npx --no-install chirograph}"

# A pull request is held against the branch it goes to, a push against the commit before it.
base_name() {
  if [ -n "${AGAINST:-}" ]; then printf '%s' "$AGAINST"
  elif [ -n "${GITHUB_BASE_REF:-}" ]; then printf 'origin/%s' "$GITHUB_BASE_REF"
  elif [ -n "${BEFORE:-}" ] && [ "${BEFORE//0/}" != '' ]; then printf '%s' "$BEFORE"
  else printf 'HEAD~1'
  fi
}

# The checkout of a workflow holds one commit. One more is fetched: no history is needed.
fetch_base() { # base
  local revision=${1%%:*}
  [ -e "$1" ] && return
  git rev-parse --verify --quiet "$revision^{commit}" >/dev/null && return
  case $revision in
    origin/*) git fetch --quiet --no-tags --depth=1 origin "+refs/heads/${revision#origin/}:refs/remotes/$revision" ;;
    HEAD~* | HEAD^*) git fetch --quiet --no-tags --deepen=1 origin ;;
    *) git fetch --quiet --depth=1 origin "+refs/tags/$revision:refs/tags/$revision" 2>/dev/null \
      || git fetch --quiet --no-tags --depth=1 origin "$revision" ;;
  esac
}

base=$(base_name)
fetch_base "$base" || echo "::warning::could not fetch $base"

summary=$(mktemp)
trap 'rm -f "$summary"' EXIT
"${chirograph[@]}" compat --against "$base" --format github --fail-on "${FAIL_ON:-error}" --markdown "$summary"
code=$?

if [ -s "$summary" ]; then
  [ -n "${GITHUB_STEP_SUMMARY:-}" ] && cat "$summary" >>"$GITHUB_STEP_SUMMARY"
  if [ "${COMMENT:-false}" = true ] && [ -n "${PULL_REQUEST:-}" ]; then
    gh pr comment "$PULL_REQUEST" --edit-last --create-if-none --body-file "$summary" \
      || echo '::warning::could not comment on the pull request'
  fi
fi
[ -n "${GITHUB_OUTPUT:-}" ] && echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
