-- release: an operator ends a force; does nothing where there is none. Status OK, STALE.
if unusable then
  return answer(unusable)
end
makeDueChanges()
if isOverruled() then
  return answer('STALE')
end
endForce('RELEASED', moveByOperator)
return answer('OK')
