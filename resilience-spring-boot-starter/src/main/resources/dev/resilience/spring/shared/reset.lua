-- reset: an operator closes the breaker and forgets its past. Status OK, STALE.
-- ARGV 6.. of an operator's word
wordArguments(6)
repair()
if unusable then
  return answer(unusable)
end
makeDueChanges()
-- what happened after it was said to all is not what it was said for, unless who said it knew
if isOverruled() or (isPassedOn and current.epoch > math.max(saidAt, KNOWN_EPOCH)) then
  return answer('STALE')
end
moveByOperator(CLOSED, {reason = 'RESET', streak = 0, interval = 0})
return answer('OK')
