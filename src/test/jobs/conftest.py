"""How the tests start Demarche: the jar that is there, with little compilation, since their runs are small."""

import os

os.environ["DEMARCHE_NO_BUILD"] = "1"
os.environ["DEMARCHE_JAVA_OPTIONS"] = (
    "-XX:TieredStopAtLevel=1 -Dspark.sql.codegen.wholeStage=false -Dspark.sql.codegen.factoryMode=NO_CODEGEN"
)
