-- reset: an operator closes the breaker and forgets its past. Status OK, STALE.
repair()
if unusable then
  return answer(unusable)
end
makeDueChanges()
if isOverruled() then
  return answer('STALE')
end
moveByOperator(CLOSED, {reason = 'RESET', streak = 0, interval = 0})
return answer('OK')
