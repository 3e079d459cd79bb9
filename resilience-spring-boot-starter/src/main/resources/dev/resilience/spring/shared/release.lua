-- release: an operator ends a force; does nothing where there is none. Status OK, STALE.
-- ARGV 6.. of an operator's word; `all`: the name stands for all of its breakers, of which each may be forced, so that it counts in any case
local to = wordArguments(6)
if unusable then
  return answer(unusable)
end
makeDueChanges()
if isOverruled() then
  return answer('STALE')
end
if to == 'all' then
  moveByOperator(CLOSED, {reason = 'RELEASED'})
else
  endForce('RELEASED', moveByOperator)
end
return answer('OK')
