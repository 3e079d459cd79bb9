-- reset: an operator closes the breaker and forgets its past. Status OK, STALE.
-- ARGV 6 `passed` or nothing
addressee(6)
repair()
if unusable then
  return answer(unusable)
end
makeDueChanges()
-- what happened after the word was said to all is not what it was said for
if isOverruled() or (isPassedOn and current.epoch > KNOWN_EPOCH) then
  return answer('STALE')
end
moveByOperator(CLOSED, {reason = 'RESET', streak = 0, interval = 0})
return answer('OK')
