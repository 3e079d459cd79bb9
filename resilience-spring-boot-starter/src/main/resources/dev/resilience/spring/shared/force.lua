-- force: an operator holds the breaker open or closed. Status OK, STALE.
-- ARGV 6 state, 7 duration ms (0: no end), 8 places, 9 failure rate per mille, 10 slow rate per mille, 11 ramp ms of the probes that
-- follow on a force that held it open, 12.. of an operator's word
local to = ARGV[6]
if to ~= FORCED_OPEN and to ~= FORCED_CLOSED then
  error('bad argument 6')
end
local duration, ramp = argument(7, 0, YEAR), argument(11, 0, DAY)
local places, failurePerMille, slowPerMille = argument(8, 1, 10000), argument(9, 1, 1000), argument(10, 0, 1000)
wordArguments(12)
repair()
if unusable then
  return answer(unusable)
end
makeDueChanges()
if isOverruled() then
  return answer('STALE')
end
moveByOperator(to, {
  reason = 'FORCED', forcedUntil = duration > 0 and now + duration or 0,
  places = places, failurePerMille = failurePerMille, slowPerMille = slowPerMille, ramp = ramp,
})
return answer('OK')
